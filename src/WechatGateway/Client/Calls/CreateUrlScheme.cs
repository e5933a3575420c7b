using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>wxa/generatescheme: a <c>weixin://</c> address that opens the mini-program from an app or a page outside WeChat. One person an address.</summary>
/// <param name="Path">Page of the released mini-program without query; null for the first page.</param>
/// <param name="Query">Its query, at most 1024 characters; null for none.</param>
/// <param name="Lifetime">How long it works.</param>
/// <param name="Version">Which version it opens.</param>
public sealed record CreateUrlScheme(string? Path, string? Query, LinkLifetime Lifetime, MiniProgramVersion Version = MiniProgramVersion.Released) : WechatCall<MiniProgramLink>
{
    /// <summary>Its query.</summary>
    public string? Query { get; } = Limit.OptionalCharacters(Query, 1024, nameof(Query));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/generatescheme");

    // Another address harms nobody.
    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new UrlLinkBody(Lifetime) { JumpWxa = new JumpBody(Path, Query, Version.Environment()) }, WechatJson.Relaxed.UrlLinkBody);

    internal override MiniProgramLink Read(CallAnswer answer) => new(answer.Json(WechatJson.Relaxed.SchemeAnswer).OpenLink);
}

/// <summary>The answer of generatescheme.</summary>
internal sealed record SchemeAnswer([property: JsonPropertyName("openlink")] Uri OpenLink);
