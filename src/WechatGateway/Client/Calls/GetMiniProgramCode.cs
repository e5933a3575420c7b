namespace Courier.Wechat.Client.Calls;

/// <summary>
/// wxa/getwxacode: a round code for one page with its query, for ever. Together with <see cref="CreateMiniProgramQrCode"/> a mini-program
/// has 100 000 of them (45029); for parcels there is <see cref="GetUnlimitedMiniProgramCode"/>. The same path gives the same code.
/// </summary>
/// <param name="Path">Page with its query, at most 1024 characters, without a slash in front.</param>
/// <param name="Look">How it looks; null for the usual.</param>
/// <param name="Version">Which version of the mini-program it opens.</param>
public sealed record GetMiniProgramCode(string Path, CodeLook? Look = null, MiniProgramVersion Version = MiniProgramVersion.Released) : WechatCall<MiniProgramCode>
{
    /// <summary>Page with its query.</summary>
    public string Path { get; } = PagePaths.Checked(Path, 1024, nameof(Path));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/getwxacode");

    internal override bool IsRepeatable => true;

    internal override bool AnswersFile => true;

    internal override HttpContent Content(WechatAccount account) => Json(new CodeBody(Look ?? new CodeLook(), Version) { Path = Path }, WechatJson.Relaxed.CodeBody);

    internal override MiniProgramCode Read(CallAnswer answer) => MiniProgramCode.Of(answer);
}

/// <summary>Body of getwxacode and getwxacodeunlimit.</summary>
internal sealed record CodeBody
{
    public CodeBody(CodeLook look, MiniProgramVersion version)
    {
        Width = look.Width;
        IsHyaline = look.IsTransparent;
        AutoColor = false;
        LineColor = look.Line;
        EnvVersion = version.Environment();
    }

    public string? Path { get; init; }

    public string? Scene { get; init; }

    public string? Page { get; init; }

    public bool? CheckPath { get; init; }

    public string EnvVersion { get; }

    public int Width { get; }

    public bool AutoColor { get; }

    public CodeColor? LineColor { get; }

    public bool IsHyaline { get; }
}

/// <summary>What WeChat checks of every page of a mini-program.</summary>
internal static class PagePaths
{
    public static string Checked(string path, int most, string name)
    {
        Limit.Characters(path, most, name);
        return path[0] == '/' ? throw new ArgumentException("A page has no slash in front (40165).", name) : path;
    }

    /// <summary>env_version.</summary>
    public static string Environment(this MiniProgramVersion version) => version switch
    {
        MiniProgramVersion.Released => "release",
        MiniProgramVersion.Trial => "trial",
        MiniProgramVersion.Developer => "develop",
    };
}
