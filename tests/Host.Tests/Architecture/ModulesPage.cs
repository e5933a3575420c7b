using System.Text;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Testing;

namespace Courier.Host.Tests.Architecture;

/// <summary>docs/modules.md says who tells whom what, made from the registrations. COURIER_WRITE_DOCS=1 writes it anew.</summary>
public sealed class ModulesPage
{
    [Fact]
    public async Task Is_up_to_date()
    {
        await using var app = await CourierApp.Start();
        var page = Write(app.Get<ModuleRegistry>());
        var file = Repository.Path("docs", "modules.md");
        if (Environment.GetEnvironmentVariable("COURIER_WRITE_DOCS") == "1") await File.WriteAllTextAsync(file, page);
        (await File.ReadAllTextAsync(file)).ShouldBe(page, "run the tests with COURIER_WRITE_DOCS=1 and commit docs/modules.md");
    }

    private static string Write(ModuleRegistry modules)
    {
        var page = new StringBuilder("# Modules: who tells whom what\n\nMade by a test from the registrations; do not edit.\n\n## Events\n\n| event | told by | reactions (order) |\n|---|---|---|\n");
        var events = typeof(Courier.Services.Parcels.ParcelsModule).Assembly.GetTypes().Concat(typeof(Courier.WechatGateway.WechatGatewayModule).Assembly.GetTypes())
            .Where(t => t is { IsAbstract: false } && typeof(IEvent).IsAssignableFrom(t));
        foreach (var e in events.OrderBy(EventCatalog.WireName, StringComparer.Ordinal))
        {
            var reactions = modules.Reactions.Where(r => r.EventType == e).Select(r => $"`{r.Name}` in {Owner(r.ReactionType)} ({r.Order})");
            page.Append($"| `{EventCatalog.WireName(e)}` | {Owner(e)} | {string.Join("<br>", reactions)} |\n");
        }
        page.Append("\n## Jobs\n\n| job | in | runs |\n|---|---|---|\n");
        foreach (var job in modules.Jobs.OrderBy(j => j.Name, StringComparer.Ordinal)) page.Append($"| `{job.Name}` | {Owner(job.Type)} | {When(job.Schedule)} |\n");
        return page.ToString();
    }

    private static string Owner(Type type) => type.Namespace!.Replace("Courier.Services.", "", StringComparison.Ordinal).Replace("Courier.", "", StringComparison.Ordinal);

    private static string When(JobSchedule schedule) => schedule.Interval is { } interval ? $"every {interval:c}" : $"`{schedule.Cron}` (Asia/Shanghai)";
}
