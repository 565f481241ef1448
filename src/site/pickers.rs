//! The pages of pickers: which picker each is about, and a page for each of its lists.

use super::{LanguageId, Page, PageId, PageKind, Site};
use crate::path::SourcePath;
use crate::records::Picker;

/// What a page lets readers choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picks {
    /// The picker, by its place in [`Site::pickers`].
    pub picker: usize,
    /// The one of its lists that the page shows; all ideas without one.
    pub list: Option<usize>,
}

/// Tells the pages of kind `picker` what they are about, and adds those of their lists.
pub fn add(site: &mut Site, language: LanguageId) {
    let written = site.ids().filter(|id| {
        let page = site.page(*id);
        page.language == language && page.kind == PageKind::Picker
    });
    for id in written.collect::<Vec<_>>() {
        let file = site.page(id).document.as_ref();
        let file = file.and_then(|document| document.picker_file());
        // A file that is not there is reported by `checks::pickers`.
        let Some(picker) = file.and_then(|file| site.picker_in(&file)) else {
            continue;
        };
        site.page_mut(id).picks = Some(Picks { picker, list: None });
        site.edition_mut(language).picker_pages.push(id);
        for list in 0..site.pickers[picker].lists.len() {
            add_list(site, id, picker, list);
        }
    }
}

fn add_list(site: &mut Site, parent: PageId, picker: usize, list: usize) {
    let above = site.page(parent);
    let (language, text_language) = (above.language, above.text_language);
    let shown = &site.pickers[picker].lists[list];
    let code = site.language_code(language);
    let first = site.language_code(LanguageId::FIRST);
    let title = shown.title.get(code, first).to_owned();
    let description = shown.description.get(code, first).to_owned();
    let address = above.url.relative().trim_end_matches('/').to_owned();
    let below = format!("/{address}/{}/", crate::document::slug(&shown.id.value));
    let Some(url) = crate::path::UrlPath::new(&below) else {
        return;
    };
    let mut page = Page::unwritten(PageKind::PickerList, url, language, title);
    page.text_language = text_language;
    page.description = description.into();
    page.parent = Some(parent);
    page.picks = Some(Picks {
        picker,
        list: Some(list),
    });
    let id = site.add(page);
    site.page_mut(parent).children.push(id);
}

impl Site {
    /// The picker that is written in a file, by its place in [`Site::pickers`].
    pub fn picker_in(&self, file: &SourcePath) -> Option<usize> {
        self.pickers.iter().position(|picker| picker.file == *file)
    }

    /// The first page of a picker in a language.
    pub fn picker_page(&self, picker: usize, language: LanguageId) -> Option<PageId> {
        let pages = self.edition(language).picker_pages.iter().copied();
        let is_about = |id: &PageId| self.page(*id).picks.is_some_and(|it| it.picker == picker);
        pages.into_iter().find(is_about)
    }

    /// What a page lets readers choose from.
    pub fn picker_of(&self, page: &Page) -> Option<&Picker> {
        self.pickers.get(page.picks?.picker)
    }

    /// The page of the same list in another language.
    pub(super) fn same_list(&self, page: &Page, language: LanguageId) -> Option<PageId> {
        let parent = self.counterpart(page.parent?, language)?;
        let children = self.page(parent).children.iter().copied();
        let is_same = |id: &PageId| self.page(*id).picks == page.picks;
        children.into_iter().find(is_same)
    }
}
