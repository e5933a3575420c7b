using System.Globalization;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Modules;
using Courier.Simulator;
using Courier.Wechat.Sandbox;

namespace Courier.Host;

/// <summary>Section <c>Sandbox</c>: the invented world of Development.</summary>
internal sealed record DevelopmentOptions : ICheckedOptions
{
    /// <summary>Where the product listens that the sandbox and the simulator call; empty for this process itself.</summary>
    public string ProductAddress { get; init; } = "";

    /// <summary>Do simulated parcels move by themselves?</summary>
    public bool Plays { get; init; } = true;

    /// <summary>A day's file that is played at the start: a path, or "demo-day"; empty for none.</summary>
    public string Replay { get; init; } = "";

    /// <summary>How many times faster than it was the day is played; 0 for as fast as it goes.</summary>
    public double ReplaySpeed { get; init; } = 480;

    /// <summary>Does the program end after the day's report?</summary>
    public bool ReplayThenStop { get; init; }

    public IEnumerable<string> Problems()
    {
        if (ReplaySpeed is not (>= 0 and <= 100_000)) yield return "ReplaySpeed must be 0 to 100000";
        if (ProductAddress.Length > 0 && !Uri.TryCreate(ProductAddress, UriKind.Absolute, out _)) yield return "ProductAddress must be an absolute address";
    }
}

/// <summary>The WeChat platform and the rest of the world as the sandbox and the simulator play them; Development only.</summary>
internal static class Development
{
    public static void Add(IServiceCollection services, IConfiguration configuration, DevelopmentOptions options, DemoOptions demo, DataDirectory directory, OwnAddress own)
    {
        Uri? Product() => options.ProductAddress.Length > 0 ? new Uri(options.ProductAddress) : own.WhenKnown.IsCompletedSuccessfully ? own.Base : null;
        var accounts = configuration.GetSection("Wechat:Accounts").GetChildren().Select(Account).ToList();
        services.AddWechatSandbox(o =>
        {
            o.StateDirectory = directory.Folder("sandbox");
            o.CallbackBase = () => Product()?.ToString().TrimEnd('/');
            o.DemoFollowers = demo.Enabled;
            foreach (var account in accounts) o.Accounts.Add(account);
        });
        services.AddSimulator(o =>
        {
            o.ProductAddress = Product;
            o.SandboxAddress = () => own.WhenKnown.IsCompletedSuccessfully ? own.Base : null;
            o.Directory = directory.Folder("simulator");
            o.CarrierKey = configuration["Carrier:Cores:0:Key"] ?? "";
            o.CarrierSecret = configuration["Carrier:Cores:0:Secret"] ?? "";
            foreach (var device in configuration.GetSection("Lockers:Devices").GetChildren()) o.Lockers[device["Locker"] ?? ""] = (device["Key"] ?? "", device["Secret"] ?? "");
            o.Hotline = () => Hotline(configuration);
            o.WaybillPrefix = configuration["Parcels:WaybillPrefix"] ?? o.WaybillPrefix;
            o.Demo = demo.Enabled;
            o.DemoAppId = accounts.Find(a => a.Kind == SandboxAccountKind.OfficialAccount)?.AppId ?? "";
            o.Plays = options.Plays;
            o.Replay = options.Replay;
            o.ReplaySpeed = options.ReplaySpeed;
            o.ReplayThenStop = options.ReplayThenStop;
        });
    }

    public static void Map(WebApplication app, IReadOnlySet<Face> faces)
    {
        var world = app.MapGroup("").ForAnyone("the invented world of Development; its control answers this machine only");
        if (faces.Contains(Face.Sandbox)) world.MapWechatSandbox();
        if (faces.Contains(Face.Simulator)) world.MapSimulator();
        world.MapGet("/", () => TypedResults.Content(FrontPage(app, faces), "text/html; charset=utf-8")).ExcludeFromDescription();
    }

    /// <summary>The addresses to open, with what is there.</summary>
    public static IReadOnlyList<(string Path, string What)> Pages(IReadOnlySet<Face> faces) =>
    [
        .. Pages(faces, Face.Sandbox, ("/sandbox/phone", "顾客的手机（模拟微信）")),
        .. Pages(faces, Face.MiniProgramApi, ("/app", "顾客的页面（H5，与小程序同一套代码）")),
        .. Pages(faces, Face.Simulator, ("/simulator", "模拟的快递网络与短信")),
        .. Pages(faces, Face.Desk, ("/desk", "客服与运营工作台（demo 账号 admin / demoadmin）")),
        ("/openapi/v1.json", "接口文档"),
        ("/health/ready", "健康检查"),
        ("/metrics", "运行指标"),
    ];

    // A port that the system chose is not known here: then nobody calls.
    private static (string, int)? Hotline(IConfiguration configuration) =>
        configuration["CallCenter:Hotlines:0:Number"] is { Length: > 0 } number && configuration.GetValue("CallCenter:Sip:Port", 5060) is > 0 and var port ? (number, port) : null;

    private static (string, string)[] Pages(IReadOnlySet<Face> faces, Face face, (string, string) page) => faces.Contains(face) ? [page] : [];

    private static string FrontPage(WebApplication app, IReadOnlySet<Face> faces) =>
        $"""
        <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Courier</title>
        <body style="font:16px/1.8 sans-serif;max-width:40em;margin:3em auto"><h1>Courier</h1>
        <p>快递自助服务 · {app.Environment.EnvironmentName}</p>
        <ul>{string.Concat(Pages(faces).Select(p => string.Create(CultureInfo.InvariantCulture, $"<li><a href=\"{p.Path}\">{p.Path}</a> {p.What}</li>")))}</ul></body></html>
        """;

    private static SandboxAccount Account(IConfigurationSection account) => new()
    {
        AppId = account["AppId"] ?? "",
        Secret = account["Secret"] ?? "",
        OriginalId = account["OriginalId"] ?? "",
        Kind = account.GetValue("Kind", SandboxAccountKind.OfficialAccount),
        Token = account["Token"] ?? "",
        EncodingAesKey = account["EncodingAesKey"] ?? "",
        PreviousEncodingAesKey = account["PreviousEncodingAesKey"],
        Mode = account.GetValue("Mode", SandboxMode.Secure),
    };
}
