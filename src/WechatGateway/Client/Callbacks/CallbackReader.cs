using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>What the query of a callback carries; each part may be missing.</summary>
/// <param name="Signature">signature: of token, timestamp and nonce.</param>
/// <param name="Timestamp">timestamp.</param>
/// <param name="Nonce">nonce.</param>
/// <param name="EncryptType">encrypt_type: <c>aes</c>, <c>raw</c> or missing.</param>
/// <param name="MsgSignature">msg_signature: covers the encrypted body.</param>
public readonly record struct CallbackQuery(
    string? Signature, string? Timestamp, string? Nonce, string? EncryptType = null, string? MsgSignature = null);

/// <summary>Why a callback is not believed. For counters only: from outside every refusal looks alike.</summary>
public enum CallbackRefusal
{
    /// <summary>It is believed.</summary>
    None,

    /// <summary>A wrong or missing signature, a wrong key, another account's message, or plain text where it must be encrypted.</summary>
    NotGenuine,

    /// <summary>Longer than <see cref="CallbackReader.MaxBodyBytes"/>.</summary>
    TooLarge,

    /// <summary>Neither one XML document without document type nor one JSON object, or nested too deep.</summary>
    Unreadable,
}

/// <summary>A callback that proved to come from WeChat.</summary>
/// <param name="Inbound">The message or event.</param>
/// <param name="Format">How it was written, so how the reply has to be.</param>
/// <param name="Key">The key it was encrypted with, so the reply's; null when it came in plain text.</param>
/// <param name="DeduplicationKey">Alike for all attempts of one push, see <see cref="Callbacks.DeduplicationKey"/>.</param>
public sealed record Callback(Inbound Inbound, BodyFormat Format, EncodingAesKey? Key, string DeduplicationKey);

/// <summary>What reading a callback came to: a callback or a refusal.</summary>
public readonly struct CallbackReading
{
    private readonly Callback? _callback;

    internal CallbackReading(Callback callback) => _callback = callback;

    internal CallbackReading(CallbackRefusal refusal) => Refusal = refusal;

    /// <summary>Why it was refused; <see cref="CallbackRefusal.None"/> when it was not.</summary>
    public CallbackRefusal Refusal { get; }

    /// <summary>Whether the callback is genuine and readable.</summary>
    public bool IsAccepted([NotNullWhen(true)] out Callback? callback) => (callback = _callback) is not null;
}

/// <summary>
/// The callback URL of one account: checks signatures, decrypts, parses, and writes the reply the way the request came.
/// Safe for parallel use; make one an account and keep it.
/// </summary>
public sealed class CallbackReader
{
    /// <summary>Longest body that is read, in bytes; real ones have a few kilobytes.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private readonly string _token;
    private readonly CallbackMode _mode;
    private readonly MessageCipher? _cipher;
    private readonly FillRandom _random;
    private readonly TimeProvider _clock;

    /// <summary>A reader for one account.</summary>
    /// <param name="account">Token, keys and mode; <see cref="FormatException"/> for a malformed key, <see cref="ArgumentException"/> for a mode without key.</param>
    /// <param name="clock">Dates the replies.</param>
    /// <param name="random">Fills the random parts of encrypted replies; the operating system's when null.</param>
    public CallbackReader(WechatAccount account, TimeProvider clock, FillRandom? random = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentException.ThrowIfNullOrEmpty(account.Token, nameof(account));
        if (account.Mode != CallbackMode.Plain && account.EncodingAesKey is null)
            throw new ArgumentException($"Account {account.AppId} is set to {account.Mode} and has no EncodingAESKey.", nameof(account));
        _token = account.Token;
        _mode = account.Mode;
        _cipher = CipherOf(account);
        _clock = clock;
        _random = random ?? Randomness.Secure;
    }

    /// <summary>The answer that stops WeChat from repeating a push and shows the customer nothing.</summary>
    public static ReadOnlyMemory<byte> Success { get; } = "success"u8.ToArray();

    /// <summary>Whether a URL check (GET) comes from WeChat; if so, its echostr is answered as it is. The same in every mode.</summary>
    public bool IsUrlCheck(in CallbackQuery query) =>
        CallbackSignature.IsValidQuery(_token, query.Timestamp, query.Nonce, query.Signature);

    /// <summary>Reads a push. Never throws for what comes from outside.</summary>
    /// <param name="query">The query of the request.</param>
    /// <param name="body">The raw body.</param>
    public CallbackReading Read(in CallbackQuery query, ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBodyBytes) return new(CallbackRefusal.TooLarge);
        return IsEncrypted(query) ? ReadEncrypted(query, body) : ReadPlain(query, body);
    }

    /// <summary>Writes the reply to a push in UTF-8: same format, encrypted with the same key when it came encrypted.</summary>
    public byte[] Write(Callback callback, PassiveReply reply)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(reply);
        var now = _clock.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>(1024);
        var address = ReplyAddress.BackTo(callback.Inbound, now);
        if (callback.Format == BodyFormat.Json) reply.WriteJson(address, buffer);
        else reply.WriteXml(address, buffer);
        return callback.Key is null ? buffer.WrittenSpan.ToArray() : Seal(callback, buffer.WrittenSpan, now);
    }

    /// <summary>Content-Type of a reply to this push.</summary>
    public static string ContentTypeOf(Callback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.Format == BodyFormat.Json ? "application/json; charset=utf-8" : "application/xml; charset=utf-8";
    }

    // A body that may be encrypted in an account that always encrypts is never taken at its plain word: its three-part
    // signature does not cover it.
    private bool IsEncrypted(in CallbackQuery query) =>
        _mode != CallbackMode.Plain || (_cipher is not null && string.Equals(query.EncryptType, "aes", StringComparison.OrdinalIgnoreCase));

    private CallbackReading ReadPlain(in CallbackQuery query, ReadOnlySpan<byte> body)
    {
        if (!CallbackSignature.IsValidQuery(_token, query.Timestamp, query.Nonce, query.Signature)) return new(CallbackRefusal.NotGenuine);
        return Parse(body, null);
    }

    private CallbackReading ReadEncrypted(in CallbackQuery query, ReadOnlySpan<byte> body)
    {
        if (!CallbackBody.TryRead(body, out var envelope, out _)) return new(CallbackRefusal.Unreadable);
        var encrypt = envelope.Text("Encrypt");
        if (encrypt.Length == 0
            || !CallbackSignature.IsValidMessage(_token, query.Timestamp, query.Nonce, encrypt, query.MsgSignature)
            || !_cipher!.TryDecrypt(encrypt, out var message, out var key))
            return new(CallbackRefusal.NotGenuine);
        return Parse(message, key);
    }

    private static CallbackReading Parse(ReadOnlySpan<byte> body, EncodingAesKey? key)
    {
        if (!CallbackBody.TryRead(body, out var fields, out var format)) return new(CallbackRefusal.Unreadable);
        var inbound = InboundTypes.Read(fields);
        return new(new Callback(inbound, format, key, DeduplicationKey.Of(inbound, body)));
    }

    private byte[] Seal(Callback callback, ReadOnlySpan<byte> reply, DateTimeOffset now)
    {
        var encrypt = _cipher!.Encrypt(reply, callback.Key!, _random);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ReplyEnvelope.Write(callback.Format, _token, encrypt, timestamp, Randomness.Nonce(_random));
    }

    private static MessageCipher? CipherOf(WechatAccount account) => account.EncodingAesKey is null ? null : new MessageCipher(
        account.AppId,
        EncodingAesKey.Parse(account.EncodingAesKey),
        account.PreviousEncodingAesKey is null ? null : EncodingAesKey.Parse(account.PreviousEncodingAesKey));
}
