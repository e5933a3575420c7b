using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests.Crypto;

public class CheckingSignatures
{
    [Fact]
    public void The_parts_are_sorted_by_their_code_and_hashed() =>
        // printf '%s' '123Zabc' | sha1sum: digits before capitals before small letters
        CallbackSignature.OfQuery("abc", "Z", "123").ShouldBe(Sha1("123Zabc"));

    [Fact]
    public void The_order_of_the_parts_does_not_matter() =>
        CallbackSignature.OfMessage("a", "b", "c", "d").ShouldBe(CallbackSignature.OfMessage("d", "c", "b", "a"));

    [Fact]
    public void A_right_signature_is_accepted()
    {
        CallbackSignature.IsValidQuery("token", "1", "2", CallbackSignature.OfQuery("token", "1", "2")).ShouldBeTrue();
        CallbackSignature.IsValidMessage("token", "1", "2", "x", CallbackSignature.OfMessage("token", "1", "2", "x")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")]
    [InlineData("信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信信")]
    public void Anything_else_is_refused(string? signature)
    {
        CallbackSignature.IsValidQuery("token", "1", "2", signature).ShouldBeFalse();
        CallbackSignature.IsValidMessage("token", "1", "2", "x", signature).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_part_is_refused()
    {
        CallbackSignature.IsValidQuery("token", null, "2", CallbackSignature.OfQuery("token", "", "2")).ShouldBeFalse();
        CallbackSignature.IsValidMessage("token", "1", null, "x", CallbackSignature.OfMessage("token", "1", "", "x")).ShouldBeFalse();
    }

    [Fact]
    public void The_signature_of_a_page_ignores_what_follows_the_hash_sign()
    {
        var signed = JsApiSignature.Compute("ticket", "nonce", "1767225600", "https://h5.example/track?no=1&x=%E4%BB%B6");
        signed.ShouldBe(Sha1("jsapi_ticket=ticket&noncestr=nonce&timestamp=1767225600&url=https://h5.example/track?no=1&x=%E4%BB%B6"));
        JsApiSignature.Compute("ticket", "nonce", "1767225600", "https://h5.example/track?no=1&x=%E4%BB%B6#/detail").ShouldBe(signed);
    }

    private static string Sha1(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
