using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Staff;

namespace Courier.CallCenter.Phones;

/// <summary>
/// Gives the demo agents telephones with passwords that everybody can read here, where demo data are wanted. Elsewhere telephones that
/// still have them are taken out.
/// </summary>
internal sealed class SeedDemoPhones(Db db, PhoneBook phones, DemoOptions demo) : IStartupTask
{
    private static readonly (PhoneUser User, string Password)[] Demo = [.. Enumerable.Range(1001, 5).Select(n => Of(FormattableString.Invariant($"{n}")))];

    public async Task Run(CancellationToken ct)
    {
        var there = await PhoneBook.List(db, ct).ConfigureAwait(false);
        var wrong = demo.Enabled ? [] : Demo.Where(d => there.Any(t => t.PhoneUser == d.User.Text && phones.HasPassword(t, d.Password))).ToList();
        var missing = demo.Enabled && there.Count == 0 ? Demo : [];
        if (wrong.Count + missing.Length == 0) return;
        await db.InTransaction(async tx =>
        {
            foreach (var (user, _) in wrong) await PhoneBook.Remove(tx, user, ct).ConfigureAwait(false);
            foreach (var (user, password) in missing) await phones.Set(tx, user, password, StaffId.System, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static (PhoneUser, string) Of(string number) => (PhoneUser.TryDialled(number, out var user) ? user : default, "demo-" + number);
}
