namespace Courier.Wechat.Client.Calls;

/// <summary>shorten/fetch: the long text behind a short key.</summary>
/// <param name="Key">The short key.</param>
public sealed record FetchShortKey(string Key) : WechatCall<LongData>
{
    /// <summary>The short key.</summary>
    public string Key { get; } = Limit.NotBlank(Key, nameof(Key));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/shorten/fetch");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new ShortKeyAnswer(Key), WechatJson.Relaxed.ShortKeyAnswer);

    internal override LongData Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.LongDataAnswer).ToData();
}

/// <summary>The answer of shorten/fetch.</summary>
internal sealed record LongDataAnswer(string LongData, long CreateTime, long ExpireSeconds)
{
    public LongData ToData() => new(LongData, CreateTime, ExpireSeconds);
}

/// <summary>What is kept behind a short key.</summary>
/// <param name="Text">The long text.</param>
/// <param name="CreateTime">When it was made, in Unix seconds.</param>
/// <param name="ExpireSeconds">Seconds that it still lives.</param>
public sealed record LongData(string Text, long CreateTime, long ExpireSeconds);
