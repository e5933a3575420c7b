using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>What the bot has asked a customer, or shown with numbers to choose from.</summary>
internal enum Topic
{
    /// <summary>Which of several places is meant, or where a parcel goes to or comes from: numbers, or the name of a place.</summary>
    Price,

    /// <summary>A pasted address: numbers where its place is not clear, 存 to keep it.</summary>
    Address,

    /// <summary>A list of orders: 取消 1, 改时间 2.</summary>
    Orders,

    /// <summary>Shall this order really be called off? 是.</summary>
    Cancel,

    /// <summary>Slots for another appointment: numbers.</summary>
    Slots,

    /// <summary>A list of pickup codes: 已取 1.</summary>
    Codes,

    /// <summary>A parcel that shall be brought another way: which, how, where or when; 是 and 返回.</summary>
    Delivery,
}

/// <summary>
/// What customers were asked in the chat and may answer with a number or a word, for a quarter of an hour; the latest of a topic counts. In the
/// database: the answer may reach another process. Encrypted: an address may be among it. A question that was answered is open for a
/// repetition of the same message only, so that a callback that is handled again after a crash does the same again.
/// </summary>
internal sealed class OpenQuestions(Db db, DataKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly string[] Columns = ["app_id", "openid", "topic", "content_cipher", "asked_at", "until", "answered_key"];

    private const string Read =
        """
        select topic as Topic, content_cipher as Cipher, answered_key as AnsweredKey
        from wechat_open_questions
        where app_id = @appId and openid = @openId and until > @now
        order by asked_at desc, topic
        """;

    private const string Answer = "update wechat_open_questions set answered_key = @key where app_id = @appId and openid = @openId and topic = @topic";

    private const string Delete = "delete from wechat_open_questions where app_id = @appId and openid = @openId";

    /// <summary>Keeps a question, in the place of an older one of its topic.</summary>
    public Task Keep<T>(Ask ask, Topic topic, T content, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        object?[] row = [ask.Account.AppId, ask.OpenId.Text, EnumText<Topic>.Of(topic), keys.Encrypt(JsonSerializer.Serialize(content, KernelJson.Options)), now, now + Patience, ""];
        return db.InTransaction(tx => tx.UpsertRows("wechat_open_questions", Columns, [row], "app_id, openid, topic", ["content_cipher", "asked_at", "until", "answered_key"], ct), ct);
    }

    /// <summary>The questions that this message may answer, the latest first.</summary>
    public async Task<IReadOnlyList<OpenQuestion>> Of(Ask ask, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Read, new { appId = ask.Account.AppId, openId = ask.OpenId.Text, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        return [.. rows.Where(r => r.AnsweredKey.Length == 0 || r.AnsweredKey == ask.Key).Select(r => new OpenQuestion(EnumText<Topic>.Parse(r.Topic), keys.Decrypt(r.Cipher)))];
    }

    /// <summary>The open question of a topic; null when there is none.</summary>
    public async Task<T?> Find<T>(Ask ask, Topic topic, CancellationToken ct) where T : class =>
        (await Of(ask, ct).ConfigureAwait(false)).FirstOrDefault(q => q.Topic == topic)?.Content<T>();

    /// <summary>The question that was asked last, when it is of this topic; null otherwise.</summary>
    public async Task<T?> Latest<T>(Ask ask, Topic topic, CancellationToken ct) where T : class =>
        (await Of(ask, ct).ConfigureAwait(false)).FirstOrDefault() is { } open && open.Topic == topic ? open.Content<T>() : null;

    /// <summary>This message has answered it.</summary>
    public Task Answered(Ask ask, Topic topic, CancellationToken ct) =>
        db.Execute(Answer, new { appId = ask.Account.AppId, openId = ask.OpenId.Text, topic = EnumText<Topic>.Of(topic), key = ask.Key }, ct);

    /// <summary>Other numbers were shown: those of before mean nothing any more.</summary>
    public async Task Forget(Ask ask, CancellationToken ct)
    {
        if ((await Of(ask, ct).ConfigureAwait(false)).Count > 0)
            await db.Execute(Delete, new { appId = ask.Account.AppId, openId = ask.OpenId.Text }, ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required string Topic { get; init; }
        public required string Cipher { get; init; }
        public required string AnsweredKey { get; init; }
    }
}

/// <summary>A question that waits for an answer.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Json">What it holds.</param>
internal sealed record OpenQuestion(Topic Topic, string Json)
{
    /// <summary>What it holds.</summary>
    public T Content<T>() where T : class => JsonSerializer.Deserialize<T>(Json, KernelJson.Options)!;

    // It may hold an address.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("Topic = ").Append(Topic);
        return true;
    }
}
