using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Staff;

/// <summary>Makes the administrator that the configuration names, as long as no administrator is in use.</summary>
internal sealed class CreateFirstAdmin(Db db, TimeProvider clock, StaffOptions options) : IStartupTask
{
    private const string Admin =
        "select a.id from staff_accounts a join staff_roles r on r.staff_id = a.id where r.role = 'admin' and a.disabled = 0 limit 1";

    public async Task Run(CancellationToken ct)
    {
        if (options.FirstAdmin.Name.Length == 0 || await AnyAdmin(db, ct).ConfigureAwait(false)) return;
        var name = StaffName.Parse(options.FirstAdmin.Name);
        var hash = PasswordHash.Of(options.FirstAdmin.Password);
        await db.InTransaction(async tx =>
        {
            if (await AnyAdmin(tx, ct).ConfigureAwait(false)) return;
            await CreateStaff.Add(tx, clock, StaffId.System, new(name, name.Text, [StaffRole.Admin], ""), hash, mustChange: true, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        // Looked at anew: another process that started with this one may have made it.
        if (!await AnyAdmin(db, ct).ConfigureAwait(false))
            throw new WrongConfiguration("Staff:FirstAdmin:Name is the name of an account that is disabled or no administrator; choose another one");
    }

    private static async Task<bool> AnyAdmin(ISqlReader db, CancellationToken ct) =>
        await db.First<string>(Admin, ct: ct).ConfigureAwait(false) is not null;
}
