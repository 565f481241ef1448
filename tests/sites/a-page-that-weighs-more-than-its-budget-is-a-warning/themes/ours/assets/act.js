// Does nothing that anybody would miss, in more bytes than planned.
document.documentElement.dataset.acted = "in more bytes than planned";
