using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>What a call proves itself with.</summary>
internal enum CallAuth
{
    /// <summary>access_token of the account in the query.</summary>
    AccessToken,

    /// <summary>AppID and secret of the account, put there by the call.</summary>
    AccountSecret,

    /// <summary>A token of the customer's own, put there by the call.</summary>
    CustomerToken,
}

/// <summary>What all calls of one kind have in common.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Path after the base address; also the name of the call in errors, logs and breakers.</param>
/// <param name="Auth">What it proves itself with.</param>
internal sealed record CallSpec(HttpMethod Method, string Path, CallAuth Auth = CallAuth.AccessToken);

/// <summary>One call to WeChat. Each is a record of its own, made with what the call needs and handed to <see cref="WechatClient.SendAsync{TResponse}"/>.</summary>
/// <typeparam name="TResponse">What WeChat answers when it succeeds.</typeparam>
public abstract record WechatCall<TResponse>
{
    private protected WechatCall()
    {
    }

    internal abstract CallSpec Spec { get; }

    /// <summary>Whether the call may be made twice without harm. Reading may; a sending must prove it.</summary>
    internal virtual bool IsRepeatable => Spec.Method == HttpMethod.Get;

    /// <summary>Whether success may be a file instead of a JSON object.</summary>
    internal virtual bool AnswersFile => false;

    /// <summary>Adds the parameters of the query; the access token is not among them.</summary>
    internal virtual void AddQuery(QueryText query, WechatAccount account)
    {
    }

    /// <summary>The body; made anew for each attempt.</summary>
    internal virtual HttpContent? Content(WechatAccount account) => null;

    /// <summary>Reads a successful answer.</summary>
    internal abstract TResponse Read(CallAnswer answer);

    /// <summary>A reaction that differs from the error table; null where it does not.</summary>
    internal virtual ErrorReaction? ReactionTo(int code) => Spec.Auth switch
    {
        // Without an access token in play 40001 means a wrong secret: another token would not help.
        CallAuth.AccountSecret when code == 40001 => ErrorReaction.StopAndAlert,
        // It is the customer's token that is bad, not the account's.
        CallAuth.CustomerToken when code is 40001 or 40014 or 42001 or 42007 => ErrorReaction.LoginAgain,
        CallAuth.AccessToken or CallAuth.AccountSecret or CallAuth.CustomerToken => null,
    };

    /// <summary>Whether an error code is an answer, not a failure: then it is what the call returns.</summary>
    internal virtual bool IsAnswer(int code, out TResponse response)
    {
        response = default!;
        return false;
    }

    /// <summary>The path of the call: codes, tokens and contents never reach a log through its text.</summary>
    public sealed override string ToString() => Spec.Path;

    private protected static HttpContent Json<TBody>(TBody body, JsonTypeInfo<TBody> type) => Json(JsonSerializer.SerializeToUtf8Bytes(body, type));

    private protected static HttpContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8"); // the same for each: nothing to be checked
        return content;
    }
}

/// <summary>An answer as it came.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="MediaType">Content-Type without parameters; empty when missing.</param>
/// <param name="FileName">File name of Content-Disposition; null when missing.</param>
internal sealed record CallAnswer(byte[] Body, string MediaType, string? FileName)
{
    /// <summary>Reads the answer as JSON; <see cref="JsonException"/> when it is not.</summary>
    public T Json<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("The answer is null.");
}

/// <summary>The query of a call.</summary>
internal sealed class QueryText
{
    private StringBuilder? _text;

    /// <summary>Is nothing in it?</summary>
    public bool IsEmpty => _text is null;

    public void Add(string name, string value)
    {
        _text ??= new StringBuilder();
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    public override string ToString() => _text?.ToString() ?? "";
}

/// <summary>The answer of a call that says no more than that it worked.</summary>
public sealed record Done
{
    /// <summary>It worked.</summary>
    public static Done Well { get; } = new();
}
