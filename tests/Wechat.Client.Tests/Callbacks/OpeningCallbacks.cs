using System.Text;
using Courier.Wechat.Client.Callbacks;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class OpeningCallbacks
{
    private const string Message = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1767225600</CreateTime><MsgType>text</MsgType><Content>真的</Content><MsgId>1</MsgId></xml>";
    private const string Json = """{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1767225600,"MsgType":"text","Content":"真的","MsgId":1}""";

    [Fact]
    public void The_URL_check_is_answered_only_with_a_right_signature_in_every_mode()
    {
        foreach (var account in new[] { Accounts.Plain, Accounts.Secure })
        {
            var reader = Reader(account);
            reader.IsUrlCheck(Accounts.PlainQuery(account)).ShouldBeTrue();
            reader.IsUrlCheck(Accounts.PlainQuery(account) with { Nonce = "other" }).ShouldBeFalse();
            reader.IsUrlCheck(default).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\n ")]
    [InlineData("\uFEFF\r\n")]
    public void A_mark_or_blanks_before_the_body_do_no_harm(string before)
    {
        var reading = Reader(Accounts.Plain).Read(Accounts.PlainQuery(Accounts.Plain), Encoding.UTF8.GetBytes(before + Message));
        Text(reading).ShouldBe("真的");
    }

    [Fact]
    public void A_plain_push_needs_its_signature() =>
        Reader(Accounts.Plain).Read(Accounts.PlainQuery(Accounts.Plain) with { Signature = new string('0', 40) }, Encoding.UTF8.GetBytes(Message))
            .Refusal.ShouldBe(CallbackRefusal.NotGenuine);

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("<xml>")]
    [InlineData("{")]
    public void A_plain_push_that_is_neither_XML_nor_JSON_is_refused(string body) =>
        Reader(Accounts.Plain).Read(Accounts.PlainQuery(Accounts.Plain), Encoding.UTF8.GetBytes(body)).Refusal.ShouldBe(CallbackRefusal.Unreadable);

    [Fact]
    public void A_body_beyond_the_limit_is_not_even_looked_at() =>
        Reader(Accounts.Plain).Read(default, new byte[CallbackReader.MaxBodyBytes + 1]).Refusal.ShouldBe(CallbackRefusal.TooLarge);

    [Theory]
    [InlineData(CallbackMode.Compatible)]
    [InlineData(CallbackMode.Secure)]
    public void An_encrypted_push_is_opened(CallbackMode mode)
    {
        var account = Accounts.Secure with { Mode = mode };
        Text(Push(account, Message)).ShouldBe("真的");
        Text(Push(account, Json, json: true)).ShouldBe("真的");
    }

    [Fact]
    public void In_compatible_mode_only_what_was_encrypted_is_believed()
    {
        var account = Accounts.Secure with { Mode = CallbackMode.Compatible };
        var encrypt = Encrypt(account, Message, Accounts.Key);
        var body = $"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content><![CDATA[<Encrypt>假的</Encrypt>]]></Content><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>";
        Text(Reader(account).Read(Accounts.SecureQuery(account, encrypt), Encoding.UTF8.GetBytes(body))).ShouldBe("真的");
    }

    [Theory]
    [InlineData(CallbackMode.Compatible)]
    [InlineData(CallbackMode.Secure)]
    public void An_account_that_encrypts_believes_no_plain_push(CallbackMode mode)
    {
        var account = Accounts.Secure with { Mode = mode };
        Reader(account).Read(Accounts.PlainQuery(account), Encoding.UTF8.GetBytes(Message)).Refusal.ShouldBe(CallbackRefusal.NotGenuine);
    }

    [Fact]
    public void A_plain_account_with_a_key_understands_the_console_being_changed_over()
    {
        var account = Accounts.Secure with { Mode = CallbackMode.Plain };
        Text(Push(account, Message)).ShouldBe("真的");
        Text(Reader(account).Read(Accounts.PlainQuery(account), Encoding.UTF8.GetBytes(Message))).ShouldBe("真的");
    }

    [Fact]
    public void The_three_part_signature_proves_nothing_about_an_encrypted_body()
    {
        var encrypt = Encrypt(Accounts.Secure, Message, Accounts.Key);
        var query = Accounts.SecureQuery(Accounts.Secure, encrypt);
        Read(query with { MsgSignature = query.Signature }).Refusal.ShouldBe(CallbackRefusal.NotGenuine);
        Read(query with { MsgSignature = null }).Refusal.ShouldBe(CallbackRefusal.NotGenuine);
        Read(query).Refusal.ShouldBe(CallbackRefusal.None);

        CallbackReading Read(CallbackQuery with) => Reader(Accounts.Secure).Read(with, Body(encrypt));
    }

    [Fact]
    public void A_wrong_key_and_another_account_look_like_a_wrong_signature()
    {
        var other = Accounts.Secure with { AppId = "wxother0000000001" };
        foreach (var encrypt in new[] { Encrypt(Accounts.Secure, Message, Accounts.OlderKey), Encrypt(other, Message, Accounts.Key), "AAAA" })
            Reader(Accounts.Secure).Read(Accounts.SecureQuery(Accounts.Secure, encrypt), Body(encrypt)).Refusal.ShouldBe(CallbackRefusal.NotGenuine);
    }

    [Theory]
    [InlineData(Accounts.Key)]
    [InlineData(Accounts.OlderKey)]
    public void While_the_key_changes_the_reply_is_sealed_with_the_key_that_the_push_used(string key)
    {
        var reader = Reader(Accounts.ChangingKey);
        var encrypt = Encrypt(Accounts.ChangingKey, Message, key);
        reader.Read(Accounts.SecureQuery(Accounts.ChangingKey, encrypt), Body(encrypt)).IsAccepted(out var callback).ShouldBeTrue();

        CallbackBody.TryRead(reader.Write(callback, new TextReply("已签收")), out var envelope, out _).ShouldBeTrue();

        var sealedText = envelope!.Text("Encrypt");
        CallbackSignature.IsValidMessage(Accounts.ChangingKey.Token, envelope.Text("TimeStamp"), envelope.Text("Nonce"), sealedText, envelope.Text("MsgSignature")).ShouldBeTrue();
        new MessageCipher(Accounts.ChangingKey.AppId, EncodingAesKey.Parse(key)).TryDecrypt(sealedText, out var plain, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(plain!).ShouldContain("<Content><![CDATA[已签收]]></Content>");
    }

    [Fact]
    public void A_JSON_push_is_answered_in_JSON()
    {
        Push(Accounts.Secure, Json, json: true).IsAccepted(out var callback).ShouldBeTrue();
        CallbackReader.ContentTypeOf(callback!).ShouldStartWith("application/json");
        var reply = Encoding.UTF8.GetString(Reader(Accounts.Secure).Write(callback!, new TransferToAgentsReply()));
        var envelope = System.Text.Json.JsonDocument.Parse(reply).RootElement;
        envelope.EnumerateObject().Select(property => property.Name).ShouldBe(["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]);
    }

    [Fact]
    public void A_plain_push_is_answered_in_plain_text_to_its_sender()
    {
        var reader = Reader(Accounts.Plain);
        reader.Read(Accounts.PlainQuery(Accounts.Plain), Encoding.UTF8.GetBytes(Message)).IsAccepted(out var callback).ShouldBeTrue();
        CallbackBody.TryRead(reader.Write(callback!, new TextReply("好")), out var reply, out _).ShouldBeTrue();
        (reply!.Text("ToUserName"), reply.Text("FromUserName"), reply.Text("Content")).ShouldBe(("o1", "gh_1", "好"));
        CallbackReader.ContentTypeOf(callback!).ShouldStartWith("application/xml");
    }

    [Fact]
    public void An_account_set_to_encrypt_without_key_cannot_be_served() =>
        Should.Throw<ArgumentException>(() => Reader(Accounts.Plain with { Mode = CallbackMode.Secure })).Message.ShouldContain("EncodingAESKey");

    [Fact]
    public void An_account_shows_none_of_its_secrets()
    {
        var text = Accounts.ChangingKey.ToString();
        foreach (var secret in new[] { Accounts.Key, Accounts.OlderKey, Accounts.Plain.Secret, Accounts.Plain.Token }) text.ShouldNotContain(secret);
        text.ShouldContain(Accounts.Plain.AppId);
    }

    private static CallbackReader Reader(WechatAccount account) => new(account, TimeProvider.System);

    private static CallbackReading Push(WechatAccount account, string message, bool json = false)
    {
        var encrypt = Encrypt(account, message, Accounts.Key);
        return Reader(account).Read(Accounts.SecureQuery(account, encrypt), json ? Encoding.UTF8.GetBytes($$"""{"ToUserName":"gh_1","Encrypt":"{{encrypt}}"}""") : Body(encrypt));
    }

    private static byte[] Body(string encrypt) => Encoding.UTF8.GetBytes($"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>");

    private static string Encrypt(WechatAccount account, string message, string key)
    {
        var parsed = EncodingAesKey.Parse(key);
        return new MessageCipher(account.AppId, parsed).Encrypt(Encoding.UTF8.GetBytes(message), parsed, Randomness.Secure);
    }

    private static string Text(CallbackReading reading)
    {
        reading.IsAccepted(out var callback).ShouldBeTrue(reading.Refusal.ToString());
        return callback!.Inbound.ShouldBeOfType<TextMessage>().Content;
    }
}
