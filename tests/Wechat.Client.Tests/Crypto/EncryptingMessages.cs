using System.Security.Cryptography;
using System.Text;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests.Crypto;

public class EncryptingMessages
{
    private const string AppId = "wxcourier00000001";

    private static readonly EncodingAesKey Key = EncodingAesKey.Parse(Accounts.Key);
    private static readonly EncodingAesKey Older = EncodingAesKey.Parse(Accounts.OlderKey);

    [Fact]
    public void Every_length_comes_back_as_it_was()
    {
        var cipher = new MessageCipher(AppId, Key);
        for (var length = 0; length < 200; length++)
        {
            var text = Encoding.UTF8.GetBytes(new string('x', length));
            cipher.TryDecrypt(cipher.Encrypt(text, Key, Randomness.Secure), out var message, out var key).ShouldBeTrue();
            message.ShouldBe(text);
            key.ShouldBeSameAs(Key);
        }
    }

    [Fact]
    public void The_padding_fills_blocks_of_thirty_two_bytes()
    {
        var cipher = new MessageCipher(AppId, Key);
        for (var length = 0; length < 64; length++)
            Convert.FromBase64String(cipher.Encrypt(new byte[length], Key, Accounts.Sevens)).Length.ShouldBe(((16 + 4 + length + AppId.Length) / 32 + 1) * 32);
    }

    [Fact]
    public void The_plain_text_is_random_length_message_and_app_id()
    {
        var cipher = new MessageCipher(AppId, Key);
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Accounts.Key + "=");
        var encrypted = Convert.FromBase64String(cipher.Encrypt("快递"u8, Key, Accounts.Sevens));
        var plain = aes.DecryptCbc(encrypted, aes.Key.AsSpan(0, 16), PaddingMode.None);

        plain[..16].ShouldAllBe(part => part == 7);
        plain[16..20].ShouldBe([0, 0, 0, 6]);
        Encoding.UTF8.GetString(plain, 20, 6 + AppId.Length).ShouldBe("快递" + AppId);
        plain[^1].ShouldBe((byte)(plain.Length - 26 - AppId.Length));
    }

    [Fact]
    public void The_key_before_the_change_still_opens_and_is_named()
    {
        var text = new MessageCipher(AppId, Older).Encrypt("old"u8, Older, Randomness.Secure);
        var cipher = new MessageCipher(AppId, Key, Older);

        cipher.TryDecrypt(text, out var message, out var key).ShouldBeTrue();

        message.ShouldBe("old"u8.ToArray());
        key.ShouldBeSameAs(Older);
        new MessageCipher(AppId, Key).TryDecrypt(text, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_message_for_another_account_is_refused()
    {
        var other = new MessageCipher("wxcourier00000002", Key);
        new MessageCipher(AppId, Key).TryDecrypt(other.Encrypt("hello"u8, Key, Randomness.Secure), out var message, out _).ShouldBeFalse();
        message.ShouldBeNull();
    }

    [Fact]
    public void An_app_id_that_only_ends_alike_is_refused()
    {
        var other = new MessageCipher("x" + AppId, Key);
        new MessageCipher(AppId, Key).TryDecrypt(other.Encrypt("hello"u8, Key, Randomness.Secure), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void No_change_of_a_single_byte_is_ever_taken_for_the_message()
    {
        var cipher = new MessageCipher(AppId, Key);
        var bytes = Convert.FromBase64String(cipher.Encrypt("hello"u8, Key, Randomness.Secure));
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x55;
            // The first block is the random prefix: the cipher alone cannot notice a change there, the signature does.
            if (at >= 16 && cipher.TryDecrypt(Convert.ToBase64String(changed), out var message, out _)) message.ShouldNotBe("hello"u8.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(255)]
    public void A_padding_outside_of_its_block_is_refused(byte padding) =>
        new MessageCipher(AppId, Key).TryDecrypt(Sealed(plain => plain[^1] = padding), out _, out _).ShouldBeFalse();

    [Fact]
    public void A_length_beyond_the_message_is_refused() =>
        new MessageCipher(AppId, Key).TryDecrypt(Sealed(plain => plain[16] = 0xFF), out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Rubbish_is_refused(string text) => new MessageCipher(AppId, Key, Older).TryDecrypt(text, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("Q0dFZjM5TnJqWnRkb2p3VnVhTm1DQ2p6c1lyT0o3VW=")]
    [InlineData("Q0dFZjM5TnJqWnRkb2p3VnVhTm1DQ2p6c1lyT0o3V-k")]
    public void A_key_that_is_not_43_letters_and_digits_is_refused(string? text) =>
        EncodingAesKey.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_key_never_shows_itself() => Key.ToString().ShouldNotContain(Accounts.Key);

    [Fact]
    public async Task Many_threads_with_two_keys_do_not_disturb_each_other()
    {
        var ciphers = new[] { new MessageCipher(AppId, Key), new MessageCipher(AppId, Older) };
        await Parallel.ForAsync(0, 2000, (number, _) =>
        {
            var cipher = ciphers[number % 2];
            var text = Encoding.UTF8.GetBytes($"message {number}");
            cipher.TryDecrypt(cipher.Encrypt(text, cipher.Current, Randomness.Secure), out var message, out var _).ShouldBeTrue();
            message.ShouldBe(text);
            return ValueTask.CompletedTask;
        });
    }

    private static string Sealed(Action<byte[]> spoil)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Accounts.Key + "=");
        var whole = new MessageCipher(AppId, Key).Encrypt("hello"u8, Key, Randomness.Secure);
        var plain = aes.DecryptCbc(Convert.FromBase64String(whole), aes.Key.AsSpan(0, 16), PaddingMode.None);
        spoil(plain);
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
