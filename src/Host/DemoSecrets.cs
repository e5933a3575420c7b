using System.Text.RegularExpressions;
using Courier.Kernel.Modules;

namespace Courier.Host;

/// <summary>The secrets of appsettings.Development.json are known to everybody: Production refuses to start with one of them.</summary>
internal static partial class DemoSecrets
{
    // What is shorter is no secret, and may well be the value of something else.
    private const int ShortestSecret = 12;

    /// <summary>One sentence for each setting that has a demo value.</summary>
    public static IEnumerable<string> UsedIn(IConfiguration configuration)
    {
        var known = Leaves(Demo()).Where(IsSecret).Select(s => s.Value!).ToHashSet(StringComparer.Ordinal);
        return Leaves(configuration).Where(s => IsSecret(s) && known.Contains(s.Value!)).Select(s => $"{s.Path} is a demo value that everybody knows; set one of your own");
    }

    /// <summary>What else has no place in Production.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration, DemoOptions demo)
    {
        if (demo.Enabled) yield return "Demo:Enabled must be false in Production";
        if ((configuration["Wechat:ApiBaseUrl"] ?? "").Contains("/sandbox/", StringComparison.Ordinal)) yield return "Wechat:ApiBaseUrl names the sandbox, which Production does not use";
        if ((configuration["Sms:Url"] ?? "").Contains("/simulator/", StringComparison.Ordinal)) yield return "Sms:Url names the simulator, which Production does not use";
    }

    private static IConfiguration Demo() => new ConfigurationBuilder()
        .AddJsonStream(typeof(DemoSecrets).Assembly.GetManifestResourceStream("appsettings.Development.json")!)
        .Build();

    private static bool IsSecret(IConfigurationSection setting) => setting.Value is { Length: >= ShortestSecret } && SecretPath().IsMatch(setting.Path);

    [GeneratedRegex("^(Data:Keys:[^:]+|Carrier:Cores:[^:]+:(Secret|PreviousSecret)|Webhooks:[^:]+:Secret|Outlets:Counters:[^:]+:(Secret|PreviousSecret)|Lockers:Devices:[^:]+:(Secret|PreviousSecret)|Wechat:Accounts:[^:]+:(Secret|Token|EncodingAesKey|PreviousEncodingAesKey))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretPath();

    private static IEnumerable<IConfigurationSection> Leaves(IConfiguration configuration) =>
        configuration.GetChildren().SelectMany(c => c.Value is { Length: > 0 } ? [c] : Leaves(c));
}
