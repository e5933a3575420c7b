using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Staff;

/// <summary>Makes the administrator that the configuration names, as long as there is no account at all.</summary>
internal sealed class CreateFirstAdmin(Db db, TimeProvider clock, StaffOptions options) : IStartupTask
{
    public async Task Run(CancellationToken ct)
    {
        if (options.FirstAdmin.Name.Length == 0 || await AnyAccount(db, ct).ConfigureAwait(false)) return;
        var name = StaffName.Parse(options.FirstAdmin.Name);
        var hash = PasswordHash.Of(options.FirstAdmin.Password);
        await db.InTransaction(async tx =>
        {
            if (await AnyAccount(tx, ct).ConfigureAwait(false)) return;
            await CreateStaff.Add(tx, clock, StaffId.System, new(name, name.Text, [StaffRole.Admin], ""), hash, mustChange: true, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static async Task<bool> AnyAccount(ISqlReader db, CancellationToken ct) =>
        await db.First<string>("select id from staff_accounts limit 1", ct: ct).ConfigureAwait(false) is not null;
}
