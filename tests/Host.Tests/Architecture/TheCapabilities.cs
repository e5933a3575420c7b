namespace Courier.Host.Tests.Architecture;

/// <summary>Inside Services a capability calls only those above it in the list; of the others it learns by events.</summary>
public sealed class TheCapabilities
{
    private static readonly string[] Order =
    [
        "Staff", "Editions", "Calendars", "Customers", "Addresses", "Network", "Lanes", "Promises", "Rates", "Payments", "Orders", "Dispatch",
        "Parcels", "Knowledge", "Conversations", "Tickets", "Notifications", "Outreach", "Mall", "Insight",
    ];

    [Fact]
    public void Call_only_what_stands_above_them()
    {
        var assembly = typeof(Courier.Services.Parcels.ParcelsModule).Assembly.Location;
        Violations(assembly, "Courier.Services", Order).ShouldBeEmpty();
    }

    [Fact]
    public void Are_all_in_the_list()
    {
        var assembly = typeof(Courier.Services.Parcels.ParcelsModule).Assembly;
        var folders = assembly.GetTypes().Select(t => t.Namespace).Where(n => n is not null && n.StartsWith("Courier.Services.", StringComparison.Ordinal)).Select(n => n!.Split('.')[2]).Distinct();
        folders.Except(Order).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_finds_a_call_downwards()
    {
        var self = typeof(TheCapabilities).Assembly.Location;
        Violations(self, "Courier.Host.Tests.Architecture.Samples", ["Upper", "Lower"]).ShouldBe(["Upper uses Lower, which stands below it"]);
        Violations(self, "Courier.Host.Tests.Architecture.Samples", ["Lower", "Upper"]).ShouldBeEmpty();
    }

    private static List<string> Violations(string assembly, string root, string[] order)
    {
        string? Capability(string ns) => ns.StartsWith(root + ".", StringComparison.Ordinal) ? ns[(root.Length + 1)..].Split('.')[0] : null;
        return [.. References.BetweenNamespaces(assembly)
            .Select(r => (From: Array.IndexOf(order, Capability(r.From)), To: Array.IndexOf(order, Capability(r.To))))
            .Where(r => r.From >= 0 && r.To > r.From)
            .Select(r => $"{order[r.From]} uses {order[r.To]}, which stands below it").Distinct()];
    }
}
