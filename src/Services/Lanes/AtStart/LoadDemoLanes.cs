using System.Globalization;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Lanes;

/// <summary>In the demonstration, past runs are there from the first minute, so that the first answer has an estimate.</summary>
internal sealed class LoadDemoLanes(Db db, TimeProvider clock, LanesOptions options, DemoOptions demo) : IStartupTask
{
    public async Task Run(CancellationToken ct)
    {
        if (!demo.Enabled) return;
        if (await db.First<string>("select scope from lanes_statistics limit 1", ct: ct).ConfigureAwait(false) is not null) return;
        await db.InTransaction(tx => LaneStore.Add(tx, clock, options, SeedFile.Rows("lanes").Select(Read), ct), ct).ConfigureAwait(false);
    }

    private static (Lane, IReadOnlyList<LanePoint>) Read(IReadOnlyDictionary<string, string> row) => (
        new Lane(row["product"], row["from_province"], row["from_city"], row["to_province"], row["to_city"]),
        [.. row["stages"].Split('|').Select(s => s.Split(':')).Select(s => new LanePoint(
            EnumText<LaneStage>.Parse(s[0]), DateTimeOffset.UnixEpoch.AddMinutes(int.Parse(s[1], CultureInfo.InvariantCulture))))]);
}
