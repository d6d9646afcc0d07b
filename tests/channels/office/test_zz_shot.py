from tests.channels.office.kept import *
from tests.channels.office.conftest import *
def test_shot(accounts, clock, browser, tmp_path):
    with kept_office(accounts, clock, tmp_path) as kept:
        for n in range(40): kept.record("Cedar", age=timedelta(days=60-n), decision=["shared","shared","not-shared"][n%3], consent="given")
        with running(kept.accounts, clock, record_pages(kept.shelf)) as url:
            page = browser.new_page(viewport={"width": 400, "height": 740})
            page.goto(f"{url}/office/sign-in"); page.fill("#name","Elm"); page.fill("#password",PASSWORD)
            page.get_by_role("button", name="Sign in with the password").click()
            page.goto(f"{url}/office/audit"); page.screenshot(path="/tmp/exports/audit.png", clip={"x":0,"y":0,"width":400,"height":1900}, full_page=True)
            page.goto(f"{url}/office/export"); page.screenshot(path="/tmp/exports/export.png", full_page=True)
            page.close()
