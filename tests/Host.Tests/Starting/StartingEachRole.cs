using Courier.Kernel.Data;
using Courier.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Starting;

/// <summary>Processes of several roles on one MariaDB.</summary>
public sealed class StartingEachRole : IAsyncLifetime
{
    private string _database = "";

    public async Task InitializeAsync() => _database = await MariaDb.NewDatabase();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("wechat", "/wechat/", "/api/")]
    [InlineData("worker", "/health/", "/api/")]
    [InlineData("sandbox", "/sandbox/", "/wechat/callback")]
    public async Task A_role_maps_its_faces_and_nothing_else(string role, string has, string lacks)
    {
        await using var app = await Start(role);
        var routes = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).ToList();
        routes.ShouldContain(r => r.StartsWith(has, StringComparison.Ordinal));
        routes.ShouldNotContain(r => r.StartsWith(lacks, StringComparison.Ordinal));
        app.TakeTheMachinesTime();
        (await app.Http.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        (await app.Http.GetAsync("/metrics")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Processes_that_start_together_migrate_once()
    {
        var apps = await Task.WhenAll(Start("wechat"), Start("api"), Start("worker"));
        var applied = await apps[0].Get<Db>().Query<string>("select name from kernel_migrations order by name");
        applied.ShouldBe(Migrator.Embedded(apps[0].Get<Db>().Dialect).Select(s => s.Name));
        foreach (var app in apps) await app.DisposeAsync();
    }

    [Fact]
    public async Task What_one_process_protects_another_one_reads()
    {
        await using var one = await Start("wechat");
        await using var two = await Start("api");
        var secret = one.Get<IDataProtectionProvider>().CreateProtector("test").Protect("state");
        two.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret).ShouldBe("state");
        (await one.Get<Db>().First<string>("select xml_cipher from http_protection_keys"))!.ShouldNotContain("<key");
    }

    private Task<CourierApp> Start(string role) =>
        CourierApp.Start(new() { MariaDb = _database, Clock = new FakeClock(TimeProvider.System.GetUtcNow()), Settings = new Dictionary<string, string> { ["Roles"] = role } });
}
