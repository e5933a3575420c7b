using System.Buffers;

namespace Courier.Wechat.Client.Calls;

/// <summary>wxa/getwxacodeunlimit: a round code with a scene, as many as wanted, 5000 a minute. The page finds the scene in its query.</summary>
/// <param name="Scene">At most 32 characters: digits, Latin letters and <c>!#$&amp;'()*+,/:;=?@-._~</c>.</param>
/// <param name="Page">Page without slash and query; null for the first page.</param>
/// <param name="Look">How it looks; null for the usual.</param>
/// <param name="Version">Which version of the mini-program it opens.</param>
/// <param name="CheckPage">Whether WeChat refuses (41030) a page that the released version does not have.</param>
public sealed record GetUnlimitedMiniProgramCode(
    string Scene, string? Page = null, CodeLook? Look = null, MiniProgramVersion Version = MiniProgramVersion.Released, bool CheckPage = true) : WechatCall<MiniProgramCode>
{
    private const int Longest = 32;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$&'()*+,/:;=?@-._~");

    /// <summary>The scene.</summary>
    public string Scene { get; } = Limit.Characters(Scene, Longest, nameof(Scene)).AsSpan().ContainsAnyExcept(Allowed)
        ? throw new ArgumentException("A scene takes digits, Latin letters and !#$&'()*+,/:;=?@-._~ only (40169).", nameof(Scene)) : Scene;

    /// <summary>Page without slash and query.</summary>
    public string? Page { get; } = Page is null ? null : Page.Contains('?', StringComparison.Ordinal)
        ? throw new ArgumentException("The page takes no query here: that is what the scene is for.", nameof(Page)) : PagePaths.Checked(Page, 1024, nameof(Page));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/getwxacodeunlimit");

    internal override bool IsRepeatable => true;

    internal override bool AnswersFile => true;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new CodeBody(Look ?? new CodeLook(), Version) { Scene = Scene, Page = Page, CheckPath = CheckPage }, WechatJson.Relaxed.CodeBody);

    internal override MiniProgramCode Read(CallAnswer answer) => MiniProgramCode.Of(answer);
}
