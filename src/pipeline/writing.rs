//! From the listing to the outputs in their places: plan, make, put into place, prune.

use super::commit;
use super::inventory::Inventory;
use super::listing::Listing;
use super::lock::Lock;
use super::plan::{Plan, Planning};
use super::produce::Production;
use super::prune::{self, Pruning};
use super::state::State;
use crate::config::Settings;
use crate::error::Result;
use crate::images::ImageStore;
use crate::report::{Observer, Report, Stage};
use crate::write::{AnyWriter, Output, Run};
use rayon::ThreadPool;

/// Everything that outputs are planned, made and placed with.
pub(super) struct Writing<'run> {
    pub writers: &'run [&'run dyn AnyWriter],
    /// The run, before it is known what is kept.
    pub run: &'run Run<'run>,
    pub listing: &'run Listing<'run>,
    pub images: &'run ImageStore,
    pub lock: &'run Lock,
    pub settings: &'run Settings,
    pub observer: &'run dyn Observer,
    pub pool: &'run ThreadPool,
}

impl Writing<'_> {
    /// Makes what is not kept, puts it into place, and notes what stands there.
    ///
    /// # Errors
    /// The first that a writer meets, or the disk.
    pub fn write(
        &self,
        mut state: State,
        mut inventory: Inventory,
        report: &mut Report,
    ) -> Result<()> {
        let planning = Planning {
            writers: self.writers,
            run: self.run,
            listing: self.listing,
            images: self.images,
            folder: self.lock.folder(),
            observer: self.observer,
            pool: self.pool,
        };
        let plan = planning.plan(&mut state)?;
        let run = Run {
            kept: &plan.kept,
            ..*self.run
        };
        let production = Production {
            plan: &plan,
            run: &run,
            folder: self.lock.folder(),
            listing: self.listing,
            images: self.images,
            settings: self.settings,
            observer: self.observer,
            pool: self.pool,
        };
        let outputs = production.outputs(&mut state, report)?;
        commit::spare_inputs(&outputs, self.lock.folder(), &self.listing.inputs)?;
        let changed = self.listing.changed_meanwhile();
        let is_whole = changed.is_empty();
        report.warnings.extend(changed);
        let noted = self.place(outputs, &plan, &run, &state, &mut inventory, report)?;
        // Last: a state that told of outputs before they stand in their places would keep what is not
        // there.
        commit::note(&plan, noted, is_whole, &mut state);
        report.warnings.extend(state.finish());
        self.observer.end(Stage::Writing);
        Ok(())
    }

    /// Puts the outputs into their places, and names or removes what is no longer made.
    fn place(
        &self,
        outputs: Vec<(&'static str, Output)>,
        plan: &Plan<'_>,
        run: &Run<'_>,
        state: &State,
        inventory: &mut Inventory,
        report: &mut Report,
    ) -> Result<commit::Noted> {
        let (folder, settings) = (self.lock.folder(), self.settings);
        let noted = commit::put_into_place(outputs, plan, folder, settings, inventory, report)?;
        let pruning = Pruning {
            writers: self.writers,
            run,
            listing: self.listing,
            state,
            folder,
            settings,
        };
        pruning.prune(&noted.names, inventory, report);
        if !settings.dry_run {
            self.tidy_up(inventory, report);
        }
        Ok(noted)
    }

    /// Saves what was made, and removes what runs that were ended have left over.
    fn tidy_up(&self, inventory: &Inventory, report: &mut Report) {
        report.warnings.extend(inventory.save());
        // Without the lock another run may be writing the very files that look left over.
        if self.lock.is_held() {
            prune::remove_leftovers(self.lock.folder());
        }
    }
}
