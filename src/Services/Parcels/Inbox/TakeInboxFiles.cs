using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Folders;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;

namespace Courier.Services.Parcels;

/// <summary>The watched folders of waybills and route events, kept as long as the process lives.</summary>
internal sealed class ParcelsInbox(ParcelsOptions options, DataDirectory data, TimeProvider clock)
{
    private readonly WatchedFolderLimits _limits = new(options.Inbox.Quiet, options.Inbox.MostBytes);

    /// <summary>Is there an inbox at all?</summary>
    public bool IsOpen => options.Inbox.Folder.Length > 0;

    public WatchedFolder Waybills => field ??= new(Path.Combine(data.Path, options.Inbox.Folder, "waybills"), clock, _limits);

    public WatchedFolder Routes => field ??= new(Path.Combine(data.Path, options.Inbox.Folder, "routes"), clock, _limits);
}

/// <summary>
/// Takes files of waybills and route events that carrier cores leave in a folder: the same rules as by HTTP, in portions, each line accepted,
/// known already, or refused by itself with its reason in the report. Taking a file again changes nothing.
/// </summary>
internal sealed class TakeInboxFiles(Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, ParcelsInbox inbox) : IScheduledJob
{
    private const int Portion = 500, MostRemarks = 10_000;

    private static readonly string[] WaybillColumns = ["waybill", "sender_name", "sender_phone", "recipient_name", "recipient_phone"], RouteColumns = ["id", "waybill", "code", "time"];

    public async Task Run(CancellationToken ct)
    {
        if (!inbox.IsOpen) return;
        // Waybills first: the events of a file that came with them find their parcels.
        await inbox.Waybills.TakeAll((file, stop) => Take(file, WaybillColumns, (c, f) => c.Waybill(f), Register, stop), ct).ConfigureAwait(false);
        await inbox.Routes.TakeAll((file, stop) => Take(file, RouteColumns, (c, f) => c.Route(f), Record, stop), ct).ConfigureAwait(false);
    }

    private Task<BatchResult> Register(IReadOnlyList<WaybillReport> waybills, CancellationToken ct) => RegisterWaybills.Execute(db, keys, clock, options.Inbox.Core, waybills, ct);

    private Task<BatchResult> Record(IReadOnlyList<RouteReport> events, CancellationToken ct) => RecordRoutes.Execute(db, clock, options.Inbox.Core, events, ct);

    private static async Task<FileOutcome> Take<T>(
        WatchedFile file, string[] needed, Func<InboxColumns, IReadOnlyList<string>, T> read, Func<IReadOnlyList<T>, CancellationToken, Task<BatchResult>> record, CancellationToken ct)
    {
        using var text = file.OpenText();
        if (text is null) return FileOutcome.Refused("file.not_text", Texts.FileNotText);
        using var records = Csv.Records(text).Where(r => !r.Fields.All(string.IsNullOrWhiteSpace)).GetEnumerator();
        if (!records.MoveNext()) return FileOutcome.Refused("file.empty", Texts.FileEmpty);
        var columns = new InboxColumns(records.Current.Fields);
        if (columns.Missing(needed) is { Count: > 0 } missing) return FileOutcome.Refused("file.columns_missing", Texts.FileColumnsMissing(missing));
        var (accepted, duplicates, remarks, refused) = (0, 0, new List<FileRemark>(), 0);
        while (Next(records) is { Count: > 0 } lines)
        {
            ct.ThrowIfCancellationRequested();
            var result = await record([.. lines.Select(l => read(columns, l.Fields))], ct).ConfigureAwait(false);
            (accepted, duplicates, refused) = (accepted + result.Accepted, duplicates + result.Duplicates, refused + result.Rejected.Count);
            remarks.AddRange(result.Rejected.Take(MostRemarks - remarks.Count).Select(r => new FileRemark(lines[r.Index].Number, r.Code, r.Message)));
        }
        var summary = Texts.FileTaken(accepted, duplicates, refused);
        return accepted + duplicates > 0 ? FileOutcome.Taken(summary, remarks) : FileOutcome.Refused("file.nothing_taken", summary, remarks);
    }

    // A line that ends inside quotes has no fields that mean anything: it is refused like one that is empty.
    private static List<CsvRecord> Next(IEnumerator<CsvRecord> records)
    {
        var lines = new List<CsvRecord>(Portion);
        while (lines.Count < Portion && records.MoveNext()) lines.Add(records.Current.IsWhole ? records.Current : records.Current with { Fields = [] });
        return lines;
    }
}
