"""Which rung reads a page: by predicted gain, predicted cost and the price of a page or a second.

The price is a constant of the calibration and the budget, so the decision about a page depends on nothing
but its document: not on batch, worker or load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.catalog import CatalogError
from models.page_router import calibration as files
from models.page_router import cost, pricing
from models.page_router.calibration import Calibration, CalibrationError
from models.page_router.pricing import Offers, Price
from models.session import SessionError
from pipeline.stage import Profile, StageError
from stages.parse.choice import Choice, is_blank
from stages.parse.options import ParseConfig
from stages.parse.rungs.rung import Rung
from stages.parse.wire import PackedPage

if TYPE_CHECKING:
    from models.page_router.predictor import Prediction, Predictor


@dataclass(frozen=True)
class Plan:
    """What is the same for every page: the rungs beside the first (name to kind) and what they cost."""

    calibration: Calibration
    kinds: Mapping[str, str]
    price: Price

    def decide(self, prediction: Prediction, pages: Sequence[PackedPage]) -> list[Choice]:
        """Return the choice for each page. Blank ones are judged by nobody."""
        names = list(self.kinds)
        cheap = np.asarray(prediction.cheap, np.float64)
        found = np.stack([np.asarray(prediction.kinds[kind], np.float64) for kind in self.kinds.values()], 1)
        costs = cost.seconds(cost.cost_features(pages), self.calibration.constants(names))
        chosen = pricing.choose(Offers(found - cheap[:, None], costs, self.calibration.margin), self.price)
        choices = []
        for number, (page, rung) in enumerate(zip(pages, chosen.tolist(), strict=True)):
            quality = float(cheap[number])
            if is_blank(page):
                choices.append(Choice())
            elif rung < 0:
                choices.append(Choice(None, quality, quality))
            else:
                choices.append(Choice(names[rung], quality, float(found[number, rung])))
        return choices


class Routing:
    """A ``stages.parse.choice.Router``: a small model predicts what each reading of a page would be worth."""

    def __init__(self, config: ParseConfig, rungs: Mapping[str, Rung], profile: Profile) -> None:
        """``rungs`` are all that are configured, the first one included."""
        self._config = config
        self._rungs = dict(list(rungs.items())[1:])
        self._profile = profile
        self._path = Path(config.calibration) if config.calibration is not None else files.DEFAULT
        self._predictor: Predictor | None = None
        self._plan: Plan | None = None

    def check(self) -> None:
        """Look whether the model can run and the calibration speaks of every rung. Raises StageError."""
        from models.page_router import predictor

        try:
            predictor.check(self._profile)
        except (CatalogError, SessionError) as error:
            raise StageError(f"the page router cannot run: {error}", code="unavailable") from None
        self._ready()

    def models(self) -> Mapping[str, str]:
        """The sha256 of the model."""
        from models.page_router import predictor

        try:
            return predictor.model_hashes()
        except CatalogError as error:
            raise StageError(f"the page router cannot run: {error}", code="unavailable") from None

    def dependencies(self) -> Mapping[str, str]:
        """The sha256 of the calibration."""
        try:
            return {"calibration": files.file_sha256(self._path)}
        except CalibrationError as error:
            raise StageError(str(error), code="calibration") from None

    def remarks(self) -> list[str]:
        """Say which budget and which calibration decide, and what they come to over its sample."""
        plan = self._ready()
        sample = plan.calibration.sample
        spent = pricing.spending(plan.calibration.offers(plan.kinds), plan.price)
        which = str(self._path) if self._config.calibration is not None else "the default one"
        pages = len(sample) + sample.blank
        return [
            f"budget: {self._budget()}",
            f"calibration: {which}, {pages:,} pages of {sample.documents:,} documents, "
            f"sha256 {self.dependencies()['calibration'][:16]}",
            f"over pages like those: {100 * spent.share:.3g} % go to another rung, {spent.seconds:.3g} CPU s "
            f"per page more, predicted gain {spent.gain:.3g}",
        ]

    def warm_up(self) -> None:
        """Open the model and solve the price."""
        if self._predictor is None:
            from models.page_router import predictor

            self._plan = self._ready()
            try:
                self._predictor = predictor.open_predictor(self._profile)
            except (CatalogError, SessionError) as error:
                raise StageError(f"the page router cannot run: {error}", code="unavailable") from None

    def choose(self, pages: Sequence[PackedPage]) -> Sequence[Choice]:
        """Return the choice for each page."""
        self.warm_up()
        assert self._predictor is not None  # noqa: S101 - warm_up made both
        assert self._plan is not None  # noqa: S101
        return self._plan.decide(self._predictor.predict(pages), pages) if pages else []

    def _budget(self) -> str:
        config = self._config
        if config.budget_fraction is not None:
            return f"{100 * config.budget_fraction:.4g} % of the pages"
        if config.budget_cpu_s_per_page is not None:
            return f"{config.budget_cpu_s_per_page:g} CPU s per page"
        return "none, every page goes where it gains enough"

    def _ready(self) -> Plan:
        """The calibration, fit for the rungs, and the price. Raises StageError."""
        if self._plan is not None:
            return self._plan
        try:
            calibration = files.load(self._path)
        except CalibrationError as error:
            raise StageError(str(error), code="calibration") from None
        again = "run 'docmill calibrate parse' and name its file in the option calibration"
        hashes = self.models()
        if calibration.router not in hashes.values():
            raise StageError(
                f"{self._path}: was made with another version of the page router: {again}", code="calibration"
            )
        kinds: dict[str, str] = {}
        for name, rung in self._rungs.items():
            known = calibration.rungs.get(name)
            if known is None:
                raise StageError(
                    f"{self._path}: does not tell what {name} costs: {again}", code="calibration"
                )
            if known.made_with != files.settings_digest(rung.adaptor, rung.settings):
                raise StageError(
                    f"{self._path}: was made with other options of {name}: {again}", code="calibration"
                )
            kinds[name] = rung.kind
        self._plan = Plan(calibration, kinds, self._price(calibration, kinds))
        return self._plan

    def _price(self, calibration: Calibration, kinds: Mapping[str, str]) -> Price:
        base, config = calibration.base_price, self._config
        if config.budget_fraction is not None:
            return pricing.price_for_fraction(calibration.offers(kinds), config.budget_fraction, base)
        if config.budget_cpu_s_per_page is not None:
            return pricing.price_for_seconds(calibration.offers(kinds), config.budget_cpu_s_per_page, base)
        return pricing.price_without_budget(base)
