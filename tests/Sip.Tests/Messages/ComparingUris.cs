using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

/// <summary>The examples and rules of RFC 3261 §19.1.4 and RFC 3966.</summary>
public sealed class ComparingUris
{
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("SIP:alice@atlanta.com", "sip:alice@atlanta.com")]
    [InlineData("tel:+86-755-8888", "tel:+867558888")]
    [InlineData("isbn:123", "isbn:123")]
    public void These_are_equal(string one, string other)
    {
        Uri(one).Equals(Uri(other)).ShouldBeTrue();
        Uri(other).Equals(Uri(one)).ShouldBeTrue();
        Uri(one).GetHashCode().ShouldBe(Uri(other).GetHashCode());
    }

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a%3Bb@c", "sip:a;b@c")]
    [InlineData("sip:%00@c", "sip:%00%00@c")]
    [InlineData("sip:a:pw@c", "sip:a@c")]
    [InlineData("sips:a@c", "sip:a@c")]
    [InlineData("tel:+867558888", "tel:867558888")]
    public void These_are_not(string one, string other)
    {
        Uri(one).Equals(Uri(other)).ShouldBeFalse();
        Uri(other).Equals(Uri(one)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@b:99999")]
    [InlineData("sip:a@b:0")]
    [InlineData("sip:a@b:5060x")]
    [InlineData("sip:a@b;")]
    [InlineData("sip:a@b;=1")]
    [InlineData("sip:a@b?")]
    [InlineData("sip:a%4@b")]
    [InlineData("sip:a%zz@b")]
    [InlineData("sip:a b@c")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[1.2.3.4]")]
    [InlineData("tel:")]
    [InlineData("tel:+")]
    [InlineData("tel:+12*3")]
    [InlineData("1a:x")]
    [InlineData(":x")]
    [InlineData("nothing")]
    [InlineData("http://exa mple.com")]
    public void These_are_no_URIs(string text) => SipUri.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void An_address_is_found_whatever_stands_around_it()
    {
        Uri("sip:1%30 01".Replace(" ", "") + "@Example.COM:5070;transport=tcp").AddressOfRecord.ShouldBe("sip:1001@example.com");
        Uri("tel:+86-10").AddressOfRecord.ShouldBe("tel:+8610");
    }

    [Fact]
    public void What_is_put_together_is_escaped_and_read_back()
    {
        var uri = new SipUri("sip", "a@b c;张", "example.com", 5070, SipParameters.None.With("lr", null).With("x", "1;2=3"));
        uri.ToString().ShouldBe("sip:a%40b%20c%3B%E5%BC%A0@example.com:5070;lr;x=1%3B2%3D3");
        var read = Uri(uri.ToString());
        (read.User, read.Parameters["x"], read.Port).ShouldBe(("a@b c;张", "1;2=3", 5070));
        read.ShouldBe(uri);
        read.Without("x").With("transport", "tcp").ToString().ShouldBe("sip:a%40b%20c%3B%E5%BC%A0@example.com:5070;lr;transport=tcp");
        Should.Throw<ArgumentException>(() => new SipUri("sip", "a", "no host"));
    }

    [Theory]
    [InlineData("sip:a@b", null)]
    [InlineData("sip:a@b;transport=tcp", "TCP")]
    [InlineData("sips:a@b;transport=tcp", "TLS")]
    public void The_transport_is_the_one_asked_for(string uri, string? transport) => Uri(uri).Transport.ShouldBe(transport);

    private static SipUri Uri(string text) => SipUri.TryParse(text, out var uri) ? uri : throw new ArgumentException(text);
}
