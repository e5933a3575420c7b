using System.Reflection;
using System.Text.RegularExpressions;
using Courier.Kernel.Events;

namespace Courier.Host.Tests.Architecture;

/// <summary>What the compiler cannot see. Each rule is tried on something bad too.</summary>
public sealed partial class TheRulesOfTheHouse
{
    private static readonly string[] BusinessNouns =
        ["Parcel", "Waybill", "Customer", "Wechat", "Weixin", "Outlet", "Locker", "Conversation", "Staff", "Agent", "Notification", "Payment", "Refund", "Shipment", "Faq", "Carrier"];

    private static readonly Dictionary<string, string> Owners = new()
    {
        ["kernel"] = "src/Kernel/", ["outbox"] = "src/Kernel/", ["http"] = "src/Http/", ["wechat"] = "src/WechatGateway/Gateway/",
        ["staff"] = "src/Services/Staff/", ["customers"] = "src/Services/Customers/", ["addresses"] = "src/Services/Addresses/", ["network"] = "src/Services/Network/",
        ["lanes"] = "src/Services/Lanes/", ["rates"] = "src/Services/Rates/", ["orders"] = "src/Services/Orders/",
        ["parcels"] = "src/Services/Parcels/", ["knowledge"] = "src/Services/Knowledge/",
        ["insight"] = "src/Services/Insight/", ["conversations"] = "src/Services/Conversations/", ["notifications"] = "src/Services/Notifications/",
        ["calls"] = "src/CallCenter/Desk/",
    };

    private static readonly Assembly[] Ours =
    [
        typeof(IEvent).Assembly, typeof(Courier.Http.Problems).Assembly, typeof(Courier.Services.Parcels.ParcelsModule).Assembly,
        typeof(Courier.WechatGateway.WechatGatewayModule).Assembly, typeof(Courier.MiniProgramApi.MiniProgramApiModule).Assembly,
        typeof(Courier.CallCenter.DeskModule).Assembly,
    ];

    [Fact]
    public void The_kernel_names_no_business_noun() =>
        typeof(IEvent).Assembly.GetTypes().SelectMany(BusinessNames).ShouldBeEmpty();

    [Fact]
    public void The_rule_of_nouns_finds_one()
    {
        BusinessNames(typeof(Samples.WaybillPool)).ShouldContain("WaybillPool");
        BusinessNames(typeof(Samples.WaybillPool)).ShouldContain("WaybillPool.CustomerName");
    }

    [Fact]
    public void Only_the_owner_names_its_tables()
    {
        var tables = Tables();
        tables.Count.ShouldBeGreaterThan(5);
        Repository.Sources().SelectMany(s => Trespasses(s.Path, s.Text, tables)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_table_has_an_owner() =>
        Tables().Where(t => !Owners.ContainsKey(t.Split('_')[0])).ShouldBeEmpty();

    [Fact]
    public void The_rule_of_tables_finds_a_trespass()
    {
        string[] tables = ["outbox_messages"];
        Trespasses("src/Services/Parcels/X.cs", "\"select id from outbox_messages\"", tables).ShouldBe(["src/Services/Parcels/X.cs names outbox_messages"]);
        Trespasses("src/Services/Parcels/X.cs", "/// written to outbox_messages", tables).ShouldBeEmpty();
        Trespasses("src/Kernel/Events/X.cs", "\"select id from outbox_messages\"", tables).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_has_a_wire_name_of_its_own()
    {
        var events = Ours.SelectMany(a => a.GetTypes()).Where(IsEvent).ToList();
        events.ShouldNotBeEmpty();
        events.Where(e => !HasGoodName(e)).ShouldBeEmpty();
        events.Select(EventCatalog.WireName).ShouldBeUnique();
    }

    [Fact]
    public void The_rule_of_events_finds_a_missing_and_a_bad_name()
    {
        IsEvent(typeof(Samples.Nameless)).ShouldBeTrue();
        HasGoodName(typeof(Samples.Nameless)).ShouldBeFalse();
        HasGoodName(typeof(Samples.BadlyNamed)).ShouldBeFalse();
    }

    [Fact]
    public void Every_migration_has_its_twin() =>
        Lonely(Directory.EnumerateFiles(Repository.Path("sql"), "*.sql").Select(f => Path.GetFileName(f)!)).ShouldBeEmpty();

    [Fact]
    public void The_rule_of_twins_finds_a_lonely_one_and_a_number_used_twice()
    {
        Lonely(["0001_a.sqlite.sql"]).ShouldBe(["0001_a has no mysql twin"]);
        Lonely(["0001_a.sqlite.sql", "0001_a.mysql.sql", "0001_b.sqlite.sql", "0001_b.mysql.sql"]).ShouldBe(["0001 is used twice"]);
        Lonely(["a.sql"]).ShouldBe(["a.sql is not called NNNN_name.dialect.sql"]);
    }

    [Fact]
    public void Clocks_ids_and_sleeps_of_their_own_do_not_compile()
    {
        var banned = File.ReadAllText(Repository.Path("BannedSymbols.txt"));
        foreach (var symbol in (string[])["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Thread.Sleep", "Guid.NewGuid"]) banned.ShouldContain(symbol);
        var props = File.ReadAllText(Repository.Path("Directory.Build.props"));
        props.ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        props.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        File.ReadAllText(Repository.Path(".editorconfig")).ShouldContain("dotnet_diagnostic.RS0030.severity = error");
    }

    private static IEnumerable<string> BusinessNames(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => $"{type.Name}.{m.Name}").Prepend(type.Name)
            .Where(n => Words().Matches(n).Select(m => m.Value).Intersect(BusinessNouns, StringComparer.OrdinalIgnoreCase).Any());

    private static List<string> Tables() => [.. Directory.EnumerateFiles(Repository.Path("sql"), "*.sqlite.sql")
        .SelectMany(f => CreateTable().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Append("kernel_migrations").Distinct()];

    private static IEnumerable<string> Trespasses(string path, string text, IReadOnlyCollection<string> tables)
    {
        var code = string.Join('\n', text.Split('\n').Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        return tables
            .Where(t => Owners.TryGetValue(t.Split('_')[0], out var owner) && !path.StartsWith(owner, StringComparison.Ordinal))
            .Where(t => Regex.IsMatch(code, $@"(?<!\w){t}(?!\w)"))
            .Select(t => $"{path} names {t}");
    }

    private static bool IsEvent(Type type) => type is { IsAbstract: false, IsInterface: false } && typeof(IEvent).IsAssignableFrom(type);

    private static bool HasGoodName(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name is { } name && WireName().IsMatch(name);

    private static IEnumerable<string> Lonely(IEnumerable<string> files)
    {
        var scripts = files.Select(f => (File: f, Match: ScriptName().Match(f))).ToList();
        foreach (var (file, _) in scripts.Where(s => !s.Match.Success)) yield return $"{file} is not called NNNN_name.dialect.sql";
        var good = scripts.Where(s => s.Match.Success).Select(s => (Name: s.Match.Groups[1].Value, Dialect: s.Match.Groups[2].Value)).ToList();
        foreach (var name in good.GroupBy(s => s.Name))
            foreach (var missing in new[] { "sqlite", "mysql" }.Except(name.Select(s => s.Dialect))) yield return $"{name.Key} has no {missing} twin";
        foreach (var number in good.Select(s => s.Name).Distinct().GroupBy(n => n[..4]).Where(g => g.Count() > 1)) yield return $"{number.Key} is used twice";
    }

    [GeneratedRegex("[A-Z][a-z]+|[a-z]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"create (?:virtual )?table (?:if not exists )?([a-z_]+)")]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+\.v[1-9]\d*$")]
    private static partial Regex WireName();

    [GeneratedRegex(@"^(\d{4}_[a-z0-9_]+)\.(sqlite|mysql)\.sql$")]
    private static partial Regex ScriptName();
}
