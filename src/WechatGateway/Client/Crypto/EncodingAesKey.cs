using System.Diagnostics.CodeAnalysis;

namespace Courier.Wechat.Client.Crypto;

/// <summary>An EncodingAESKey: 43 letters and digits that stand for 32 bytes. Its text form does not show it.</summary>
public sealed class EncodingAesKey
{
    private const int TextLength = 43;

    private EncodingAesKey(byte[] key) => Key = key;

    internal byte[] Key { get; }

    /// <summary>The initialisation vector is the front of the key (消息加解密说明).</summary>
    internal ReadOnlySpan<byte> Vector => Key.AsSpan(0, 16);

    /// <summary>Reads the key as the console shows it; <see cref="FormatException"/> when it is not 43 letters and digits.</summary>
    public static EncodingAesKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException("An EncodingAESKey has 43 letters and digits.");

    /// <summary>Reads the key as the console shows it; false when it is not 43 letters and digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EncodingAesKey? key)
    {
        key = null;
        if (text is not { Length: TextLength } || text.AsSpan().ContainsAnyExcept(Alphabet)) return false;
        // The last letter carries two unused bits that are often set: this decoder accepts them, Base64.IsValid does not.
        key = new EncodingAesKey(Convert.FromBase64String(text + "="));
        return true;
    }

    /// <summary>Never the key itself.</summary>
    public override string ToString() => "EncodingAesKey(hidden)";

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}
