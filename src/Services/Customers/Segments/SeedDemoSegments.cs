using System.Globalization;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>In the demonstration there are the tiers that the first rate card gives discounts to, and a group; from then on they belong to the operators.</summary>
internal sealed class SeedDemoSegments(Db db, TimeProvider clock, DemoOptions demo) : IStartupTask
{
    public async Task Run(CancellationToken ct)
    {
        if (!demo.Enabled || await IsWritten(db, ct).ConfigureAwait(false)) return;
        await db.InTransaction(async tx =>
        {
            await SaveSegment.Lock(tx, ct).ConfigureAwait(false);
            if (await IsWritten(tx, ct).ConfigureAwait(false)) return; // by another process that starts at the same time
            foreach (var row in SeedFile.Rows("customers_segments")) await SaveSegment.Execute(tx, clock, Read(row), 0, StaffId.System, "demo", ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static async Task<bool> IsWritten(ISqlReader reader, CancellationToken ct) => await reader.First<string>("select code from customers_segments limit 1", ct: ct).ConfigureAwait(false) is not null;

    private static SegmentDraft Read(IReadOnlyDictionary<string, string> row)
    {
        using var rule = JsonDocument.Parse(row["rule"]);
        return new SegmentDraft(row["code"], EnumText<SegmentKind>.Parse(row["kind"]), row["name"], long.Parse(row["rank"], CultureInfo.InvariantCulture), IsActive: true, rule.RootElement.Clone());
    }
}
