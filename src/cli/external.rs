//! `afterword check --external`: the links to other sites.

use std::time::Duration;

use afterword::diagnostic::Diagnostic;
use afterword::external::http::Network;
use afterword::external::memory::Memory;
use afterword::external::walk::{Manners, Walked, ask_all};
use afterword::external::{self, addresses};
use afterword::pipeline::Loaded;

use super::{Failure, print, words};

/// How long a host may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks what is due, keeps what comes of it, and tells what is wrong.
pub fn findings(loaded: &Loaded) -> Result<Vec<Diagnostic>, Failure> {
    let today = loaded.site.today;
    let root = loaded.inputs.root();
    let linked = addresses::of_output(loaded);
    let mut memory = Memory::read(root);
    memory.keep(&linked);
    let due: Vec<_> = linked
        .iter()
        .filter(|address| memory.is_due(address, today))
        .cloned()
        .collect();
    print::news(&format!(
        "Asking for {} of {} to other sites, politely: one at a time for each site\n",
        due.len(),
        words::count(linked.len(), "link"),
    ));
    let network = Network::new(&loaded.site.config.base_url.absolute(""), PATIENCE);
    match ask_all(&due, &network, Manners::default(), &|_| ()) {
        Walked::Offline => print::news(
            "No other site can be reached, so this computer seems to be offline; nothing was learnt about links\n",
        ),
        Walked::Asked(outcomes) => {
            for (address, outcome) in outcomes {
                memory.learn(&address, outcome, today);
            }
            memory.write(root)?;
        }
    }
    Ok(external::findings(loaded, &linked, &memory, today))
}
