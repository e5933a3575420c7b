using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Staff;

/// <summary>Makes an account of each role with the password <c>demo</c> + name, where demo data are wanted; Production refuses those.</summary>
internal sealed class SeedDemoStaff(Db db, TimeProvider clock, DemoOptions demo) : IStartupTask
{
    // Everybody knows these passwords, so a costly hash protects nothing and would slow each start; the first sign-in renews it.
    private const int Iterations = 1000;

    /// <summary>Name, roles and password of each; everybody can read them here.</summary>
    public static readonly IReadOnlyList<CreateStaff.Request> Members =
    [
        Member("admin", "管理员", StaffRole.Admin),
        Member("supervisor", "班长", StaffRole.Supervisor),
        Member("agent1001", "客服小林", StaffRole.Agent),
        Member("agent1002", "客服小周", StaffRole.Agent),
        Member("agent1003", "客服小何", StaffRole.Agent),
        Member("agent1004", "客服小孙", StaffRole.Agent),
        Member("agent1005", "客服小吴", StaffRole.Agent),
        Member("operator", "运营", StaffRole.Operator),
        Member("outlet", "网点", StaffRole.Outlet),
        Member("courier", "快递员", StaffRole.Courier),
    ];

    public async Task Run(CancellationToken ct)
    {
        if (!demo.Enabled || await db.First<string>("select id from staff_accounts where name = 'agent1001'", ct: ct).ConfigureAwait(false) is not null) return;
        var hashes = Members.Select(m => PasswordHash.Of(m.Password, Iterations)).ToList();
        await db.InTransaction(async tx =>
        {
            foreach (var (member, hash) in Members.Zip(hashes))
                await CreateStaff.Add(tx, clock, StaffId.System, member, hash, mustChange: false, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static CreateStaff.Request Member(string name, string displayName, StaffRole role) =>
        new(StaffName.Parse(name), displayName, [role], "demo" + name);
}
