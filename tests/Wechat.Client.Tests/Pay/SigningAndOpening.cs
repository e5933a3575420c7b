using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Courier.Wechat.Client.Crypto;
using Courier.Wechat.Client.Pay;

namespace Courier.Wechat.Client.Tests.Pay;

public sealed class SigningAndOpening : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_request_is_signed_over_five_lines()
    {
        var text = PaySignature.OfRequest("POST", "/v3/pay/x?mchid=1", "1767225600", "N", """{"a":"件"}""");
        text.ShouldBe("POST\n/v3/pay/x?mchid=1\n1767225600\nN\n{\"a\":\"件\"}\n");
        PaySignature.IsValid(_key, Encoding.UTF8.GetBytes(text), PaySignature.Sign(_key, text)).ShouldBeTrue();
        PaySignature.Authorization("1900000001", "5F", "1767225600", "N", "S==")
            .ShouldBe("WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"N\",timestamp=\"1767225600\",serial_no=\"5F\",signature=\"S==\"");
    }

    [Fact]
    public void The_payment_sheet_is_signed_over_four_lines() =>
        PaySignature.OfPaymentSheet("wx1", "1767225600", "N", "prepay_id=p").ShouldBe("wx1\n1767225600\nN\nprepay_id=p\n");

    [Theory]
    [InlineData("1767225600", "N", """{"id":"1"}""", true)]
    [InlineData("1767225601", "N", """{"id":"1"}""", false)]
    [InlineData("1767225600", "M", """{"id":"1"}""", false)]
    [InlineData("1767225600", "N", """{"id":"2"}""", false)]
    public void A_notification_is_believed_only_as_it_was_signed(string timestamp, string nonce, string body, bool valid)
    {
        var signature = PaySignature.Sign(_key, "1767225600\nN\n{\"id\":\"1\"}\n");
        PaySignature.IsValid(_key, PaySignature.OfNotification(timestamp, nonce, Encoding.UTF8.GetBytes(body)), signature).ShouldBe(valid);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("WECHATPAY/SIGNTEST/abc=")]
    [InlineData("not base64!")]
    public void A_probe_or_rubbish_is_not_a_signature(string? signature) => PaySignature.IsValid(_key, "text"u8, signature).ShouldBeFalse();

    [Fact]
    public void Keys_are_read_from_every_kind_of_PEM()
    {
        using var certificate = new CertificateRequest("CN=test", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string[] pems = [_key.ExportPkcs8PrivateKeyPem(), _key.ExportRSAPrivateKeyPem(), _key.ExportSubjectPublicKeyInfoPem(), certificate.ExportCertificatePem()];
        foreach (var pem in pems)
        {
            using var read = PaySignature.ReadKey(pem);
            read.ExportRSAPublicKey().ShouldBe(_key.ExportRSAPublicKey());
        }
    }

    [Fact]
    public void A_resource_opens_only_with_all_its_parts()
    {
        var key = "0123456789abcdef0123456789abcdef"u8.ToArray();
        var nonce = "nonce-12byte"u8.ToArray();
        byte[] cipher = new byte[6], tag = new byte[16];
        using (var aes = new AesGcm(key, 16)) aes.Encrypt(nonce, "快递"u8, cipher, tag, "transaction"u8);
        byte[] whole = [.. cipher, .. tag];

        PayCipher.TryOpen(key, nonce, "transaction"u8, whole, out var plain).ShouldBeTrue();
        plain.ShouldBe("快递"u8.ToArray());
        PayCipher.TryOpen(key, nonce, "refund"u8, whole, out _).ShouldBeFalse();
        PayCipher.TryOpen(key, "nonce-12bytf"u8, "transaction"u8, whole, out _).ShouldBeFalse();
        PayCipher.TryOpen("1123456789abcdef0123456789abcdef"u8, nonce, "transaction"u8, whole, out _).ShouldBeFalse();
        PayCipher.TryOpen(key, "short"u8, "transaction"u8, whole, out _).ShouldBeFalse();
        PayCipher.TryOpen(key, nonce, "transaction"u8, whole[..10], out _).ShouldBeFalse();
    }

    [Fact]
    public void A_sensitive_field_goes_there_and_back() => PayCipher.OpenField(_key, PayCipher.SealField(_key, "张三")).ShouldBe("张三");

    [Fact]
    public void Old_signatures_sort_and_leave_out_what_is_empty()
    {
        var parameters = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1", ["c"] = "", ["sign"] = "x" };
        PayV2.SignMd5(parameters, "k").ShouldBe(Convert.ToHexString(MD5.HashData("a=1&b=2&key=k"u8)));
        PayV2.SignHmac(parameters, "k").ShouldBe(Convert.ToHexString(HMACSHA256.HashData("k"u8, "a=1&b=2&key=k"u8)));
    }

    [Fact]
    public void An_old_refund_notice_opens()
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData("k"u8)));
        PayV2.OpenRefund(Convert.ToBase64String(aes.EncryptEcb("<root/>"u8, PaddingMode.PKCS7)), "k").ShouldBe("<root/>");
    }

    [Fact]
    public void A_session_is_proved_by_an_HMAC() =>
        MiniProgramData.Sign("", "session").ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData("session"u8, ""u8)));
}
