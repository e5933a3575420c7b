using System.Globalization;
using Courier.Bench.Kit;
using Courier.Kernel.Data;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>Looks at what the product kept and showed after it was killed many times.</summary>
internal sealed class Aftermath(string folder, MixedLoad load, WechatStub wechat)
{
    /// <summary>What is still to be done, by its table.</summary>
    public IReadOnlyList<string> OpenWork()
    {
        (string Name, string Sql)[] queries =
        [
            ("outbox", "select count(*) from outbox_deliveries where status = 'pending'"),
            ("notifications", "select count(*) from notifications_messages where state in ('planned', 'sending')"),
            ("late answers", "select count(*) from wechat_late_answers"),
        ];
        return [.. queries.Select(q => (q.Name, Count: long.Parse(Column(q.Sql).Single(), CultureInfo.InvariantCulture))).Where(q => q.Count > 0).Select(q => $"{q.Count} {q.Name}")];
    }

    /// <summary>Prints what is there, and fails when something accepted is not, or not once.</summary>
    public void Judge()
    {
        var keys = new DataKeys([World.DataKey]);
        var said = Column("select body_cipher from conversations_messages where author = 'customer'").Select(keys.Decrypt).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        Every("message", load.Messages.Select(m => said.GetValueOrDefault(m.Text)));
        var reports = Column("select event_id from parcels_events").GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
        Every("report", load.Reports.Select(id => reports.GetValueOrDefault(id)));
        var dead = Column("select id from notifications_messages where state = 'dead' union all select id from outbox_deliveries where status = 'dead'");
        BenchFailed.Unless(dead.Count == 0, $"{dead.Count} pushes or events were given up");
        Planned();
        Pushes();
    }

    // Each report is a change that its follower is told of: one push a report, shown, or overtaken by a newer one, or gone along in one with it.
    private void Planned()
    {
        const string Sql =
            """
            select p.waybill from notifications_messages m join parcels_parcels p on m.order_key = 'parcel:' || p.id
            where m.kind = 'parcel_status' and (m.state = 'superseded' or m.merged_into is not null
              or (m.state in ('sent', 'delivered') and exists (select 1 from notifications_sends s where s.message_id = m.id and s.state in ('sent', 'delivered', 'ambiguous'))))
            """;
        var dealtWith = Column(Sql).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        var reported = load.Reports.GroupBy(id => World.Waybill(int.Parse(id[1..id.IndexOf('-', StringComparison.Ordinal)], CultureInfo.InvariantCulture))).ToList();
        var wrong = reported.Where(g => dealtWith.GetValueOrDefault(g.Key) != g.Count()).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {load.Reports.Count} changes to be told: those of {reported.Count - wrong.Count} of {reported.Count} parcels all dealt with, each once"));
        BenchFailed.Unless(wrong.Count == 0, string.Join("; ", wrong.Take(3).Select(g => $"{g.Key}: {g.Count()} reports, {dealtWith.GetValueOrDefault(g.Key)} pushes")));
    }

    private static void Every(string what, IEnumerable<int> found)
    {
        var counts = found.ToList();
        var (missing, doubled) = (counts.Count(c => c == 0), counts.Count(c => c > 1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {counts.Count} accepted {what}s: {missing} missing, {doubled} doubled"));
        BenchFailed.Unless(counts.Count > 0 && missing == 0 && doubled == 0, $"a {what} was lost or doubled");
    }

    // The last state of every parcel was shown to its follower, and nothing older after it. Where WeChat's call takes no id of
    // ours, what was under way at a kill may be shown twice.
    private void Pushes()
    {
        var seen = wechat.Shown.Where(s => s.ClientId is null).Concat(wechat.Shown.Where(s => s.ClientId is not null).DistinctBy(s => s.ClientId)).ToList();
        var byFollower = wechat.Shown.ToLookup(s => s.OpenId);
        var missing = load.LastPlace.Where(p => byFollower[World.OpenId(p.Key)].LastOrDefault(s => s.Text.Contains("号点", StringComparison.Ordinal)) is not { } last || !last.Text.Contains(p.Value, StringComparison.Ordinal)).ToList();
        var doubled = wechat.Shown.Where(s => s.ClientId is null && s.Text.Contains("号点", StringComparison.Ordinal)).GroupBy(s => (s.OpenId, s.Text)).Sum(g => g.Count() - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {seen.Count} pushes shown, {wechat.Shown.Count - seen.Count} repeats that WeChat drops by their id, {doubled} shown twice where it takes none"));
        BenchFailed.Unless(load.LastPlace.Count > 0, "nothing was reported");
        BenchFailed.Unless(missing.Count == 0, $"{missing.Count} of {load.LastPlace.Count} followers were not told the last state last, {string.Join("; ", missing.Take(2).Select(History))}");
    }

    private string History(KeyValuePair<int, string> parcel) =>
        $"{World.Waybill(parcel.Key)} is at {parcel.Value}, shown: {string.Join(" | ", wechat.Shown.Where(s => s.OpenId == World.OpenId(parcel.Key)).Select(s => s.Text.ReplaceLineEndings(" ")))}, "
        + $"planned: {string.Join(" | ", Column($"select order_version || ' ' || state || ' ' || channel || ' ' || reason from notifications_messages where order_key in (select 'parcel:' || id from parcels_parcels where waybill = '{World.Waybill(parcel.Key)}') order by order_version"))}";

    private List<string> Column(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }
}
