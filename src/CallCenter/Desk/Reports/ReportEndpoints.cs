using System.Globalization;
using System.Text;
using Courier.CallCenter.Routing;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Reports;

/// <summary>Reports of the telephone by queue, agent, hour and day; every figure opens its calls; both as files for spreadsheets.</summary>
internal static class ReportEndpoints
{
    private const int MostInAFile = 10_000;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var reports = desk.MapGroup("/call-reports").ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        reports.MapGet("", Show);
        reports.MapGet("/csv", ShowCsv);
        reports.MapGet("/calls", Calls);
        reports.MapGet("/calls/csv", CallsCsv);
    }

    private static async Task<ReportView> Show(string? by, string? from, string? to, string? queue, string? agent, Db db, TimeProvider clock, CancellationToken ct) =>
        new(await CallReport.Execute(db, By(by), ReportRange.Read(from, to, queue, agent, clock.GetUtcNow()), ct).ConfigureAwait(false));

    private static async Task<FileContentHttpResult> ShowCsv(string? by, string? from, string? to, string? queue, string? agent, Db db, TimeProvider clock, CancellationToken ct)
    {
        var lines = await CallReport.Execute(db, By(by), ReportRange.Read(from, to, queue, agent, clock.GetUtcNow()), ct).ConfigureAwait(false);
        return File("call-report.csv", Texts.ReportHeads, lines.Select(Fields));
    }

    private static async Task<Page<EntryView>> Calls(
        string? figure, string? from, string? to, string? queue, string? agent, long? hour, PageRequest page, Db db, TimeProvider clock, CancellationToken ct)
    {
        var range = ReportRange.Read(from, to, queue, agent, clock.GetUtcNow()).Within(hour);
        var entries = await ListEntries.Execute(db, range, Figure(figure), page.After, page.Limit, ct).ConfigureAwait(false);
        var agents = await ListEntries.Agents(db, entries, ct).ConfigureAwait(false);
        return Page<EntryView>.Of([.. entries.Select(e => EntryView.Of(e, agents))], entries.Count == page.Limit ? entries[^1].Id : null);
    }

    private static async Task<FileContentHttpResult> CallsCsv(
        string? figure, string? from, string? to, string? queue, string? agent, long? hour, Db db, TimeProvider clock, CancellationToken ct)
    {
        var range = ReportRange.Read(from, to, queue, agent, clock.GetUtcNow()).Within(hour);
        var entries = await ListEntries.Execute(db, range, Figure(figure), null, MostInAFile, ct).ConfigureAwait(false);
        var agents = await ListEntries.Agents(db, entries, ct).ConfigureAwait(false);
        return File("calls.csv", Texts.EntryHeads, entries.Select(e => Fields(EntryView.Of(e, agents))));
    }

    private static ReportBy By(string? text) => EnumText<ReportBy>.TryParse(text ?? "queue", out var by) ? by : throw new BadInput("by", Texts.ByWrong);

    private static ReportFigure Figure(string? text) => EnumText<ReportFigure>.TryParse(text ?? "offered", out var figure) ? figure : throw new BadInput("figure", Texts.FigureWrong);

    // With a mark, so that spreadsheets know the encoding.
    private static FileContentHttpResult File(string name, string[] heads, IEnumerable<string[]> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write('\uFEFF');
        Csv.Write(text, heads);
        foreach (var row in rows) Csv.Write(text, row);
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", name);
    }

    private static string[] Fields(ReportLine line)
    {
        var c = line.Counts;
        return
        [
            line.Name, Text(c.Offered), Text(c.Answered), Text(c.Abandoned), Text(c.ShortAbandoned), Text(c.Overflowed), Text(c.AskedCallBack), Text(c.Voicemail), Text(c.TimedOut),
            Text(c.TurnedAway), Text(c.Lost), Text(c.CalledBack), Text(line.ServiceLevel), Text(line.AverageAnswer), Text(line.AverageHandling), Text(line.Occupancy), Text(c.LongestMs / 1000),
            Text(c.TalkMs / 1000), Text(c.WrapMs / 1000), Text(c.NotReadyMs / 1000),
        ];
    }

    private static string[] Fields(EntryView e) =>
    [
        Moment(e.JoinedAt), Moment(e.LeftAt), e.CallId, e.Queue, e.Tier, Text(e.Place), Text(e.WaitedSeconds), Texts.How(e.How), e.Agent ?? "", Text(e.TalkSeconds), Text(e.WrapSeconds), e.IsCallBack ? "是" : "",
    ];

    private static string Moment(DateTimeOffset moment) => Services.Calendars.ChinaTime.In(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    internal sealed record ReportView(IReadOnlyList<ReportLine> Items);

    internal sealed record EntryView(
        string Id, string CallId, string Queue, string Tier, DateTimeOffset JoinedAt, DateTimeOffset LeftAt, QueueLeft How, long WaitedSeconds, string? Agent, long Place, long TalkSeconds,
        long WrapSeconds, bool IsCallBack)
    {
        public static EntryView Of(ListedEntry e, IReadOnlyDictionary<StaffId, string> agents) => new(
            e.Id, e.CallId, e.Queue, e.Tier, e.JoinedAt, e.LeftAt, e.How, e.WaitedMs / 1000, e.AgentId.Length > 0 ? agents.GetValueOrDefault(StaffId.Parse(e.AgentId), e.AgentId) : null,
            e.Place, e.TalkMs / 1000, e.WrapMs / 1000, e.IsCallBack != 0);
    }
}
