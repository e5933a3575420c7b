using Courier.Testing;
using Microsoft.Playwright;

namespace Courier.Host.Tests.Journeys;

/// <summary>One headless Chromium for all journeys; each test opens a context of its own and keeps its screenshots as test output.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly BrowserNewContextOptions Narrow = new()
    {
        Locale = "zh-CN", TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true,
    };

    // Beside other suites a browser may get little of the machine; what goes well takes no longer by this.
    private const float Patience = 60_000;

    private readonly List<IBrowserContext> _open = [];

    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;

    /// <summary>Where screenshots are kept: <c>artifacts/screenshots</c> in the repository's root, or <c>COURIER_TEST_OUTPUT</c>.</summary>
    public static string Output { get; } = Environment.GetEnvironmentVariable("COURIER_TEST_OUTPUT")
        ?? Path.Combine(Repository.Root, "artifacts", "screenshots");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Output);
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    public Task<IPage> Open(Uri address) =>
        Open(address, new() { Locale = "zh-CN", TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = 1500, Height = 950 } });

    /// <summary>A phone's browser: narrow, touched, twice as sharp.</summary>
    public Task<IPage> OpenOnAPhone(Uri address) => Open(address, Narrow);

    /// <summary>A page of the app in WeChat's own browser, whose bridge takes what was signed and whose camera reads one code.</summary>
    /// <param name="address">Where the program is.</param>
    /// <param name="path">The page.</param>
    /// <param name="scans">What the camera reads, as WeChat tells it.</param>
    public Task<IPage> OpenInWechat(Uri address, string path, string scans) => Open(new Uri(address, "/app/#" + path), new(Narrow)
    {
        UserAgent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.49",
    }, $$"""
        window.WeixinJSBridge = {
          on() {},
          invoke(name, options, done) {
            const signed = name === 'preVerifyJSAPI' && options.verifySignature?.length === 40 && options.verifyAppId
            done(name === 'scanQRCode' ? { err_msg: 'scanQRCode:ok', resultStr: '{{scans}}' } : { err_msg: name + (signed || name !== 'preVerifyJSAPI' ? ':ok' : ':fail') })
          },
        }
        """);

    private async Task<IPage> Open(Uri address, BrowserNewContextOptions options, string? script = null)
    {
        var context = await _chromium.NewContextAsync(options);
        _open.Add(context);
        if (script is not null) await context.AddInitScriptAsync(script);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The desk with somebody of the demo's staff signed in.</summary>
    /// <param name="courier">Whose desk.</param>
    /// <param name="name">Sign-in name.</param>
    /// <param name="tab">The page that is opened; null for the first.</param>
    public async Task<IPage> Desk(CourierProcess courier, string name, string? tab = null)
    {
        var desk = await Open(new Uri(courier.Address, "/desk"));
        await desk.GetByTestId("name").FillAsync(name);
        await desk.GetByTestId("password").FillAsync("demo" + name);
        await desk.GetByTestId("sign-in").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("me")).ToBeVisibleAsync();
        if (tab is not null) await desk.GetByTestId("tab-" + tab).ClickAsync();
        return desk;
    }

    /// <summary>The sandbox's page with one follower's phone, once what was said before is on it.</summary>
    /// <returns>The page, and the phone on it.</returns>
    public async Task<(IPage Page, ILocator Phone)> Phone(CourierProcess courier, string openId)
    {
        var page = await Open(new Uri(courier.Address, "/sandbox/phone?phones=" + openId));
        await Assertions.Expect(page.Locator("body[data-ready=true]")).ToBeAttachedAsync();
        return (page, page.GetByTestId("phone").First);
    }

    /// <summary>
    /// Writes into the phone's composer and sends; returns when the customer sees the own words in the talk. Sent by Enter: an account's menu
    /// comes when the gateway has published it, and the button would move under the pointer.
    /// </summary>
    public static async Task Say(ILocator phone, string text)
    {
        var composer = phone.GetByTestId("composer");
        await composer.FillAsync(text);
        await composer.PressAsync("Enter");
        await Assertions.Expect(phone.GetByTestId("bubble-out").Last).ToContainTextAsync(text);
    }

    public static Task Keep(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Output, name + ".png") });

    /// <summary>Closes every page.</summary>
    public async Task CloseAll()
    {
        foreach (var context in _open) await context.CloseAsync();
        _open.Clear();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }
}

[CollectionDefinition(nameof(Browser))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
