using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Simulator.Tests.Kit;

/// <summary>The simulated world on a real server, with the product and the phone platform beside it as in one process.</summary>
sealed class WorldApp : IAsyncDisposable
{
    readonly WebApplication _app;

    WorldApp(WebApplication app, ReceivingProduct product, PhonePlatform phones, string directory)
    {
        (_app, Product, Phones, Directory) = (app, product, phones, directory);
        Http = new HttpClient { BaseAddress = AddressOf(app) };
    }

    public ReceivingProduct Product { get; }
    public PhonePlatform Phones { get; }
    public HttpClient Http { get; }
    public string Directory { get; }

    public static string NewDirectory() => System.IO.Directory.CreateTempSubdirectory("courier-world-").FullName;

    public static async Task<WorldApp> Start(Action<SimulatorOptions>? configure = null, TimeProvider? clock = null, string? directory = null,
        ReceivingProduct? product = null, PhonePlatform? phones = null)
    {
        clock ??= TimeProvider.System;
        product ??= new ReceivingProduct(clock);
        phones ??= new PhonePlatform();
        directory ??= NewDirectory();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock);
        WebApplication? app = null;
        Uri Own() => AddressOf(app!);
        builder.Services.AddSimulator(options =>
        {
            options.ProductAddress = Own;
            options.Directory = directory;
            (options.CarrierKey, options.CarrierSecret) = (ReceivingProduct.Key, ReceivingProduct.Secret);
            options.Beat = TimeSpan.FromMilliseconds(50);
            configure?.Invoke(options);
        });
        app = builder.Build();
        app.MapSimulator();
        product.Map(app);
        phones.Map(app, Own, new HttpClient());
        await app.StartAsync();
        return new WorldApp(app, product, phones, directory);
    }

    static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task<HttpResponseMessage> Post(string path, object body) => Http.PostAsJsonAsync("/simulator" + path, body);

    public async Task<JsonNode> Posted(string path, object body)
    {
        using var response = await Post(path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync("/simulator" + path))!;

    public async Task<IReadOnlyList<JsonNode>> Parcels() => [.. (await Get("/parcels"))["parcels"]!.AsArray().Select(parcel => parcel!)];

    public async Task<string> NewParcel(object? wish = null) => (await Posted("/parcels", wish ?? new { }))["waybill"]!.GetValue<string>();

    /// <summary>True when all that is due by the world's clock has happened and the product was told.</summary>
    public async Task<bool> HasCaughtUp()
    {
        var state = await Get("/state");
        if (state["waiting"]!.GetValue<int>() > 0) return false;
        if (!state["playing"]!.GetValue<bool>()) return true;
        var world = state["worldTime"]!.GetValue<DateTimeOffset>();
        return (await Parcels()).All(parcel => !parcel["live"]!.GetValue<bool>()
            || parcel["next"] is not { } next || next["due"]!.GetValue<DateTimeOffset>() > world);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
