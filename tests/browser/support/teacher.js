// Staff at their pages.

/** Signs in with name and password. */
export async function enterStaff(driver, { username, password }) {
  await driver.goto('/staff');
  await driver.type('#username', username);
  await driver.type('#password', password);
  await driver.tap('form[action="/staff"] button.big');
  await driver.waitFor(() => location.pathname !== '/staff', null, 'a page for staff');
}

/** What Today says of a child. */
export async function tileOf(page, learner) {
  return page.evaluate((id) => {
    const tile = document.querySelector(`[data-learner="${id}"]`) || document.querySelector(`a[href$="/learner/${id}"]`);
    return tile ? tile.textContent.trim() : '';
  }, learner);
}
