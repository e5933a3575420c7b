using System.Text;
using Courier.Wechat.Client.Callbacks;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class RecognisingRepeats
{
    private static readonly EncodingAesKey AesKey = EncodingAesKey.Parse(Accounts.Key);

    [Fact]
    public void A_repeated_push_has_the_same_key_although_its_envelope_differs() =>
        KeyOf(Text("o1", "1"), "100", "a").ShouldBe(KeyOf(Text("o1", "1"), "105", "b"));

    [Fact]
    public void A_repeated_event_has_the_same_key_too() =>
        KeyOf(Event("o1", "CLICK", "MENU"), "100", "a").ShouldBe(KeyOf(Event("o1", "CLICK", "MENU"), "105", "b"));

    [Fact]
    public void Two_customers_may_share_a_MsgId() => KeyOf(Text("o1", "1")).ShouldNotBe(KeyOf(Text("o2", "1")));

    [Fact]
    public void Another_message_of_the_same_customer_is_another_one() => KeyOf(Text("o1", "1")).ShouldNotBe(KeyOf(Text("o1", "2")));

    [Fact]
    public void Several_events_of_a_customer_in_one_second_stay_apart()
    {
        string[] bodies =
        [
            Event("o1", "subscribe", "qrscene_1"), Event("o1", "SCAN", "1"), Event("o1", "CLICK", "A"), Event("o1", "CLICK", "B"),
            Event("o1", "wxa_media_check", "", "<trace_id>1</trace_id>"), Event("o1", "wxa_media_check", "", "<trace_id>2</trace_id>"),
            Event("o1", "LOCATION", "", "<Latitude>1</Latitude>"), Event("o1", "LOCATION", "", "<Latitude>2</Latitude>"),
            Event("o1", "TEMPLATESENDJOBFINISH", "", "<MsgID>1</MsgID>"), Event("o2", "TEMPLATESENDJOBFINISH", "", "<MsgID>1</MsgID>"),
        ];
        bodies.Select(body => KeyOf(body)).Distinct().Count().ShouldBe(bodies.Length);
    }

    [Fact]
    public void A_message_without_MsgId_is_known_by_its_body() => KeyOf(Text("o1", "")).ShouldStartWith("e:o1:text:");

    [Fact]
    public void The_key_always_fits_two_hundred_characters() =>
        KeyOf(Event(new string('o', 500), new string('v', 500), new string('k', 500))).Length.ShouldBeLessThanOrEqualTo(200);

    private static string Text(string openId, string id) => $"<xml><FromUserName>{openId}</FromUserName><CreateTime>1767225600</CreateTime><MsgType>text</MsgType><Content>hi</Content><MsgId>{id}</MsgId></xml>";

    private static string Event(string openId, string name, string key, string more = "") => $"<xml><FromUserName>{openId}</FromUserName><CreateTime>1767225600</CreateTime><MsgType>event</MsgType><Event>{name}</Event><EventKey>{key}</EventKey>{more}</xml>";

    private static string KeyOf(string body, string timestamp = "100", string nonce = "a")
    {
        var encrypt = new MessageCipher(Accounts.Secure.AppId, AesKey).Encrypt(Encoding.UTF8.GetBytes(body), AesKey, Randomness.Secure);
        var reader = new CallbackReader(Accounts.Secure, TimeProvider.System);
        reader.Read(Accounts.SecureQuery(Accounts.Secure, encrypt, timestamp, nonce), Encoding.UTF8.GetBytes($"<xml><Encrypt>{encrypt}</Encrypt></xml>"))
            .IsAccepted(out var callback).ShouldBeTrue();
        return callback!.DeduplicationKey;
    }
}
