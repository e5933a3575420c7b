using System.Diagnostics.Metrics;
using Courier.Host.Metrics;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Courier.Host.Tests.Operating;

public sealed class WatchingTheProduct
{
    private static readonly Counter<long> Things = CourierMetrics.Meter.CreateCounter<long>("courier_test_things_total", description: "Things, \\ and\nlines.");
    private static readonly Histogram<double> Durations = CourierMetrics.Meter.CreateHistogram<double>("courier_test_seconds", "s", "How long.");

    [Fact]
    public async Task Metrics_are_served_in_Prometheus_text()
    {
        await using var app = await CourierApp.Start();
        CourierMetrics.Meter.CreateObservableGauge("courier_test_depth", () => 7, description: "Depth.");
        Things.Add(2, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        Things.Add(3, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        foreach (var seconds in (double[])[0.003, 0.02, 99]) Durations.Record(seconds);
        await app.Http.GetAsync("/health/live");
        await Wait.Until(async () => (await app.Http.GetStringAsync("/metrics")).Contains("http_server_request_duration_seconds_count{", StringComparison.Ordinal), "the request is counted");
        using var answer = await app.Http.GetAsync("/metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe(PrometheusText.ContentType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        lines.ShouldContain("# HELP courier_test_things_total Things, \\\\ and\\nlines.");
        lines.ShouldContain("# TYPE courier_test_things_total counter");
        lines.ShouldContain("courier_test_things_total{kind=\"a\\\"b\\\\c\\nd\"} 5");
        lines.ShouldContain("courier_test_depth 7");
        lines.ShouldContain("courier_test_seconds_bucket{le=\"0.005\"} 1");
        lines.ShouldContain("courier_test_seconds_bucket{le=\"0.025\"} 2");
        lines.ShouldContain("courier_test_seconds_bucket{le=\"+Inf\"} 3");
        lines.ShouldContain("courier_test_seconds_count 3");
        lines.ShouldContain(l => l.StartsWith("dotnet_process_memory_working_set_bytes ", StringComparison.Ordinal));
        lines.Count(l => l.StartsWith("# TYPE http_server_request_duration_seconds ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_alive_and_ready()
    {
        await using var app = await CourierApp.Start();
        (await app.Http.GetStringAsync("/health/live")).ShouldContain("ok");
        (await app.Http.GetStringAsync("/health/ready")).ShouldContain("ready");
    }

    [Fact]
    public async Task It_is_alive_but_not_ready_while_a_migration_is_missing()
    {
        await using var app = await CourierApp.Start();
        await app.Get<Db>().Execute("delete from kernel_migrations where name = '0001_outbox'");
        using var ready = await app.Http.GetAsync("/health/ready");
        ((int)ready.StatusCode).ShouldBe(503);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("0001_outbox");
        (await app.Http.GetAsync("/health/live")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Production_serves_operators_on_a_port_of_their_own()
    {
        await using var app = await CourierApp.Start(Http.ApiWithEndpointsOfItsOwn.Production);
        var management = new Uri(app.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last());
        using var operators = new HttpClient { BaseAddress = management };
        foreach (var path in (string[])["/health/live", "/health/ready", "/metrics", "/openapi/v1.json"])
        {
            ((int)(await app.Http.GetAsync(path)).StatusCode).ShouldBe(404, path);
            ((int)(await operators.GetAsync(path)).StatusCode).ShouldBe(200, path);
        }
        ((int)(await operators.GetAsync("/wechat/callback/wx1")).StatusCode).ShouldBe(404);
        ((int)(await app.Http.GetAsync("/sandbox/phone")).StatusCode).ShouldBe(404);
        ((int)(await app.Http.GetAsync("/")).StatusCode).ShouldBe(404);
    }
}
