namespace Courier.Wechat.Client.Calls;

/// <summary>wxaapp/createwxaqrcode: a square code for one page with its query, for ever; it counts among the 100 000 of <see cref="GetMiniProgramCode"/>.</summary>
/// <param name="Path">Page with its query, at most 128 characters, without a slash in front.</param>
/// <param name="Width">Side in pixels, 280 to 1280.</param>
public sealed record CreateMiniProgramQrCode(string Path, int Width = 430) : WechatCall<MiniProgramCode>
{
    /// <summary>Page with its query.</summary>
    public string Path { get; } = PagePaths.Checked(Path, 128, nameof(Path));

    /// <summary>Side in pixels.</summary>
    public int Width { get; } = Limit.Range(Width, 280, 1280, nameof(Width));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/wxaapp/createwxaqrcode");

    internal override bool IsRepeatable => true;

    internal override bool AnswersFile => true;

    internal override HttpContent Content(WechatAccount account) => Json(new SquareCodeBody(Path, Width), WechatJson.Relaxed.SquareCodeBody);

    internal override MiniProgramCode Read(CallAnswer answer) => MiniProgramCode.Of(answer);
}

/// <summary>Body of createwxaqrcode.</summary>
internal sealed record SquareCodeBody(string Path, int Width);
