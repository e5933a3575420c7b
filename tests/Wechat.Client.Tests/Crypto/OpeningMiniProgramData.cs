using System.Security.Cryptography;
using System.Text;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests.Crypto;

public class OpeningMiniProgramData
{
    private static readonly byte[] Key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    private static readonly byte[] Vector = [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

    [Fact]
    public void Data_of_the_session_is_read()
    {
        const string Json = """{"phoneNumber":"13800000000","watermark":{"appid":"wxcourier00000002"}}""";
        MiniProgramData.TryDecrypt(Encrypt(Encoding.UTF8.GetBytes(Json)), Text(Vector), Text(Key), out var read).ShouldBeTrue();
        read.ShouldBe(Json);
    }

    [Fact]
    public void Data_of_another_session_is_refused()
    {
        var other = (byte[])Key.Clone();
        other[0] = 99;
        MiniProgramData.TryDecrypt(Encrypt("{}"u8.ToArray()), Text(Vector), Text(other), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("")]
    [InlineData("AAAA")]
    public void Rubbish_is_refused(string data) => MiniProgramData.TryDecrypt(data, Text(Vector), Text(Key), out _).ShouldBeFalse();

    [Fact]
    public void A_key_of_the_wrong_size_is_refused() =>
        MiniProgramData.TryDecrypt(Encrypt("{}"u8.ToArray()), Text(Vector), Text([1, 2, 3]), out _).ShouldBeFalse();

    [Fact]
    public void The_signature_covers_raw_data_and_session_key()
    {
        var signature = Convert.ToHexStringLower(SHA1.HashData("""{"nickName":"小李"}c2Vzc2lvbg=="""u8));
        MiniProgramData.IsValidRawData("""{"nickName":"小李"}""", "c2Vzc2lvbg==", signature).ShouldBeTrue();
        MiniProgramData.IsValidRawData("""{"nickName":"小王"}""", "c2Vzc2lvbg==", signature).ShouldBeFalse();
        MiniProgramData.IsValidRawData("""{"nickName":"小李"}""", "c2Vzc2lvbg==", null).ShouldBeFalse();
    }

    private static string Encrypt(byte[] json)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        return Text(aes.EncryptCbc(json, Vector));
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes);
}
