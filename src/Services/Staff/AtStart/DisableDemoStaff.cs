using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Staff;

/// <summary>
/// Outside Development, takes accounts of the demo staff out of use that still have their demo password: a database that was
/// filled in Development must not let everybody in. Who chose a password of their own keeps the account.
/// </summary>
internal sealed partial class DisableDemoStaff(Db db, TimeProvider clock, IHostEnvironment environment, ILogger<DisableDemoStaff> log) : IStartupTask
{
    private const string InUse = "select id, name, password_hash as PasswordHash from staff_accounts where disabled = 0 and name in @names";

    public async Task Run(CancellationToken ct)
    {
        if (environment.IsDevelopment()) return;
        var named = await db.Query<AccountRow>(InUse, new { names = SeedDemoStaff.Members.Select(m => m.Name.Text) }, ct).ConfigureAwait(false);
        var open = named.Where(HasDemoPassword).ToList();
        if (open.Count == 0) return;
        await db.InTransaction(async tx =>
        {
            foreach (var account in open) await Disable(tx, account.Id, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        Disabled(log, string.Join(", ", open.Select(a => a.Name.Text)));
    }

    private static bool HasDemoPassword(AccountRow account) =>
        PasswordHash.Verify(account.PasswordHash, SeedDemoStaff.Members.Single(m => m.Name == account.Name).Password);

    private async Task Disable(Tx tx, StaffId id, CancellationToken ct)
    {
        // Another process that starts now may have been first.
        if (await tx.Execute("update staff_accounts set disabled = 1 where id = @id and disabled = 0", new { id }, ct).ConfigureAwait(false) == 0) return;
        await Audit.Record(tx, clock, StaffId.System, "staff.disabled", $"staff:{id}", "demo password outside Development", ct).ConfigureAwait(false);
        await StaffSessions.CloseAll(tx, id, null, ct).ConfigureAwait(false);
    }

    private sealed record AccountRow
    {
        public required StaffId Id { get; init; }

        public required StaffName Name { get; init; }

        public required string PasswordHash { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "the demo accounts {Names} had their demo passwords and are disabled now")]
    private static partial void Disabled(ILogger log, string names);
}
