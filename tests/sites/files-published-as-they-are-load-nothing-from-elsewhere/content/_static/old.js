// See https://docs.example/.
import x from "https://code.example/x.js";
const name = "http://www.w3.org/2000/svg";
fetch('https://count.example/me');
fetch("old.css");
