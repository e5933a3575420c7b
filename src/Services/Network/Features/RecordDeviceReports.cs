using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Takes what a locker reports about its cells. Idempotent by locker and report id.</summary>
public static class RecordDeviceReports
{
    /// <summary>At most so many at once.</summary>
    public const int Most = 200;

    private const int LongestId = 64;

    private static readonly Dictionary<string, CellAction> Events = new(StringComparer.Ordinal)
    {
        ["stored"] = CellAction.Store, ["taken_out"] = CellAction.TakeOut, ["out_of_order"] = CellAction.TakeOutOfService, ["repaired"] = CellAction.Repair,
    };

    /// <summary>Records the reports one by one, each in a transaction of its own, so that one that is refused spoils no other.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect the codes of cells.</param>
    /// <param name="codes">Make them.</param>
    /// <param name="clock">The time.</param>
    /// <param name="locker">Which locker reports.</param>
    /// <param name="reports">At most <see cref="Most"/>; null for one that is no such object.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<DeviceReportResult> Execute(Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, IReadOnlyList<DeviceReport?> reports, CancellationToken ct)
    {
        var (accepted, duplicates, rejected) = (0, 0, new List<DeviceReportRejection>());
        for (var i = 0; i < reports.Count; i++)
        {
            var (isNew, code, message) = await One(db, keys, codes, clock, locker, reports[i], ct).ConfigureAwait(false);
            if (code.Length > 0) rejected.Add(new(i, code, message));
            else if (isNew) accepted++;
            else duplicates++;
        }
        return new(accepted, duplicates, rejected);
    }

    private static async Task<(bool IsNew, string Code, string Message)> One(Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, DeviceReport? report, CancellationToken ct)
    {
        if (report?.Id is not { Length: >= 1 and <= LongestId } id || id.Any(char.IsControl)) return (false, "report.id_invalid", Texts.ReportId);
        if (!Events.TryGetValue(report.Event ?? "", out var action)) return (false, "report.event_unknown", Texts.ReportEvent);
        try
        {
            return await db.InTransaction(async tx =>
            {
                if (!await tx.TryInsert("insert into network_device_reports (locker_code, report_id, received_at) values (@locker, @id, @now)", new { locker, id, now = clock.GetUtcNow() }, ct)
                        .ConfigureAwait(false)) return (false, "", "");
                return await ChangeCell.Apply(tx, keys, codes, clock, locker, report.Cell ?? 0, action, ct).ConfigureAwait(false) is null
                    ? throw new RuleBroken("cell.unknown", Texts.CellUnknown) : (true, "", "");
            }, ct).ConfigureAwait(false);
        }
        catch (RuleBroken refused)
        {
            return (false, refused.Code, refused.Message);
        }
    }
}

/// <summary>What a locker reports, unchecked.</summary>
public sealed record DeviceReport
{
    /// <summary>The locker's id of the report; the same again is a repetition.</summary>
    public string? Id { get; init; }

    /// <summary>Number of the cell.</summary>
    public int? Cell { get; init; }

    /// <summary>stored, taken_out, out_of_order or repaired.</summary>
    public string? Event { get; init; }
}

/// <summary>What became of a locker's reports.</summary>
/// <param name="Accepted">Taken now.</param>
/// <param name="Duplicates">Taken before.</param>
/// <param name="Rejected">Not taken.</param>
public sealed record DeviceReportResult(int Accepted, int Duplicates, IReadOnlyList<DeviceReportRejection> Rejected);

/// <summary>One report that was not taken.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Code">Stable code: report.id_invalid, report.event_unknown, cell.unknown, cell.not_allowed.</param>
/// <param name="Message">What is wrong, in Chinese.</param>
public sealed record DeviceReportRejection(int Index, string Code, string Message);
