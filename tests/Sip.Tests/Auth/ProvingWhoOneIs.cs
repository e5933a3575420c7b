using Courier.Sip.Auth;
using Courier.Sip.Messages;
using Courier.Sip.Tests.Messages;
using Courier.Testing;

namespace Courier.Sip.Tests.Auth;

public sealed class ProvingWhoOneIs
{
    private const string Realm = "courier.example";

    private readonly FakeClock _clock = new();
    private readonly DigestServer _server;

    public ProvingWhoOneIs() => _server = new DigestServer(Realm, TimeSpan.FromMinutes(2), _clock, [DigestAlgorithm.Sha256, DigestAlgorithm.Md5]);

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_examples_of_RFC_7616_come_out(string algorithm, string response)
    {
        var credentials = DigestCredentials.Parse($"""
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm={algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="{response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """)!;
        credentials.Expected(new SipMethod("GET"), DigestSecret.Of("Mufasa", "http-auth@example.org", "Circle of Life")).ShouldBe(response);
        DigestCredentials.Parse(credentials.ToString()).ShouldBe(credentials);
    }

    [Fact]
    public void The_example_of_RFC_2617_comes_out()
    {
        var credentials = DigestCredentials.Parse("""Digest username="Mufasa",realm="testrealm@host.com",nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",uri="/dir/index.html",qop=auth,nc=00000001,cnonce="0a4f113b",response="6629fae49393a05397450978507c4ef1",opaque="5ccc069c403ebaf9f0171e9517f40e41" """)!;
        credentials.Expected(new SipMethod("GET"), DigestSecret.Of("Mufasa", "testrealm@host.com", "Circle Of Life")).ShouldBe(credentials.Response);
    }

    [Theory]
    [InlineData("algorithm=MD5-sess, qop=auth, cnonce=\"0a4f\", nc=00000002", "188663b44b26384cb912c5b9bb22d182")]
    [InlineData("algorithm=SHA-256-sess, qop=auth, cnonce=\"0a4f\", nc=00000002", "3fd62ac6170e978c9c7ebdaff095cd3d75f96d76758d8e35e8766e54656cd229")]
    [InlineData("algorithm=MD5", "0ee311742fecc2faa28fbfb7488a52ab")]
    [InlineData("algorithm=SHA-256", "533d6539e24e39612e534025844be299206c9b12bed7987b14d76faf2ffb0759")]
    public void The_session_variant_and_RFC_2069_come_out_as_another_program_computes_them(string fields, string response)
    {
        var credentials = DigestCredentials.Parse($"Digest username=\"1001\", realm=\"{Realm}\", nonce=\"abc\", uri=\"sip:courier.example\", response=\"{response}\", {fields}")!;
        credentials.Expected(SipMethod.Register, DigestSecret.Of("1001", Realm, "s3cret:快")).ShouldBe(response);
    }

    [Fact]
    public void A_client_gets_in_with_the_first_hash_that_it_knows_and_counts_on()
    {
        var client = new DigestClient("1001", "right");
        var request = Register();
        var challenge = Challenge(request);
        challenge.Headers.All(HeaderNames.WwwAuthenticate).Select(c => DigestChallenge.Parse(c)!.Algorithm).ShouldBe([DigestAlgorithm.Sha256, DigestAlgorithm.Md5]);
        client.TryAnswer(challenge, request).ShouldBeTrue();
        Check(request).ShouldBe(new DigestVerdict.Granted("1001"));
        Credentials(request).Algorithm.ShouldBe(DigestAlgorithm.Sha256);

        var next = Register();
        client.TryAnswer(challenge, next).ShouldBeTrue();
        Credentials(next).Count.ShouldBe(2u);
        Check(next).ShouldBe(new DigestVerdict.Granted("1001"));
    }

    [Fact]
    public void An_MD5_phone_gets_in_too()
    {
        var request = Register();
        var challenge = Challenge(request);
        var md5 = challenge.Headers.All(HeaderNames.WwwAuthenticate).Last();
        challenge.Headers.Set(HeaderNames.WwwAuthenticate, md5);
        new DigestClient("1001", "right").TryAnswer(challenge, request).ShouldBeTrue();
        Credentials(request).Algorithm.ShouldBe(DigestAlgorithm.Md5);
        Check(request).ShouldBe(new DigestVerdict.Granted("1001"));
    }

    [Fact]
    public void A_hash_that_is_not_offered_is_not_taken()
    {
        var server = new DigestServer(Realm, TimeSpan.FromMinutes(2), _clock, [DigestAlgorithm.Sha256]);
        var request = Register();
        var challenge = server.Check(request, SecretOf).ShouldBeOfType<DigestVerdict.Challenged>().Challenges.ShouldHaveSingleItem();
        var md5 = new DigestClient("1001", "right").Credentials(challenge with { Algorithm = DigestAlgorithm.Md5 }, request.Method, request.RequestUri, "c");
        request.Headers.Add(HeaderNames.Authorization, md5.ToString());
        server.Check(request, SecretOf).ShouldBeOfType<DigestVerdict.Challenged>();
    }

    [Fact]
    public void The_same_credentials_do_not_work_twice()
    {
        var request = Register();
        new DigestClient("1001", "right").TryAnswer(Challenge(request), request);
        Check(request).ShouldBeOfType<DigestVerdict.Granted>();
        var again = Check(request).ShouldBeOfType<DigestVerdict.Challenged>();
        again.IsFailure.ShouldBeFalse();
        again.Challenges.ShouldAllBe(c => c.IsStale);
    }

    [Fact]
    public void An_old_nonce_is_called_stale_and_the_client_tries_again()
    {
        var client = new DigestClient("1001", "right");
        var request = Register();
        client.TryAnswer(Challenge(request), request);
        _clock.Advance(TimeSpan.FromMinutes(2));
        var stale = Check(request).ShouldBeOfType<DigestVerdict.Challenged>();
        stale.Challenges.ShouldAllBe(c => c.IsStale);
        client.TryAnswer(DigestServer.Answer(request, stale, "us"), request).ShouldBeTrue();
        Check(request).ShouldBe(new DigestVerdict.Granted("1001"));
    }

    [Theory]
    [InlineData("1001", "wrong")]
    [InlineData("nobody", "right")]
    public void A_wrong_password_and_an_unknown_user_get_the_same_answer(string user, string password)
    {
        var request = Register();
        var client = new DigestClient(user, password);
        client.TryAnswer(Challenge(request), request);
        var refused = Check(request).ShouldBeOfType<DigestVerdict.Challenged>();
        refused.IsFailure.ShouldBeTrue();
        refused.Challenges.ShouldAllBe(c => !c.IsStale);
        client.TryAnswer(DigestServer.Answer(request, refused, "us"), request).ShouldBeFalse("a wrong password is not tried again and again");
    }

    [Fact]
    public void Credentials_of_another_request_or_nonce_are_refused()
    {
        var request = Register();
        new DigestClient("1001", "right").TryAnswer(Challenge(request), request);
        var stolen = Wire.Request(request.ToString().Replace("REGISTER", "INVITE"));
        Check(stolen).ShouldBeOfType<DigestVerdict.Challenged>().IsFailure.ShouldBeTrue("the method is hashed in");
        var elsewhere = Wire.Request(request.ToString().Replace("REGISTER sip:courier.example", "REGISTER sip:other.example"));
        Check(elsewhere).ShouldBeOfType<DigestVerdict.Challenged>().IsFailure.ShouldBeTrue();

        var invented = Register();
        var client = new DigestClient("1001", "right");
        invented.Headers.Add(HeaderNames.Authorization, client.Credentials(new DigestChallenge(Realm, "bm90IG91cnM", DigestAlgorithm.Md5), SipMethod.Register, invented.RequestUri, "c").ToString());
        Check(invented).ShouldBeOfType<DigestVerdict.Challenged>().Challenges.ShouldAllBe(c => c.IsStale);
    }

    [Fact]
    public void A_proxy_asks_and_is_answered_under_its_own_headers()
    {
        var request = Register();
        var verdict = (DigestVerdict.Challenged)_server.Check(request, SecretOf, byProxy: true);
        var challenge = DigestServer.Answer(request, verdict, "us", byProxy: true);
        challenge.Status.ShouldBe(407);
        new DigestClient("1001", "right").TryAnswer(challenge, request).ShouldBeTrue();
        request.Headers[HeaderNames.Authorization].ShouldBeNull();
        _server.Check(request, SecretOf, byProxy: true).ShouldBe(new DigestVerdict.Granted("1001"));
    }

    [Theory]
    [InlineData("Basic dTpw")]
    [InlineData("Digest")]
    [InlineData("Digest username=\"a")]
    [InlineData("Digest username=\"a\", realm=\"r\"")]
    [InlineData("Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\", algorithm=SHA-512-256")]
    [InlineData("Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\", qop=auth-int, nc=00000001, cnonce=\"c\"")]
    [InlineData("Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\", qop=auth, nc=1, cnonce=\"c\"")]
    [InlineData("Digest username=\"a\", username=\"b\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\"")]
    [InlineData("NoOneKnowsThisScheme opaque-data=here")]
    public void What_is_no_Digest_counts_as_no_credentials(string value) => DigestCredentials.Parse(value).ShouldBeNull();

    [Fact]
    public void A_secret_does_not_show_itself() => DigestSecret.Of("a", "b", "c").ToString().ShouldBe("(secret)");

    private static DigestSecret? SecretOf(string user) => user == "1001" ? DigestSecret.Of("1001", Realm, "right") : null;

    private static SipRequest Register() => Wire.Request(
        "REGISTER sip:courier.example SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:1001@courier.example>;tag=1\nTo: <sip:1001@courier.example>\nCall-ID: c\nCSeq: 1 REGISTER\n\n");

    private static DigestCredentials Credentials(SipRequest request) => DigestCredentials.Parse(request.Headers[HeaderNames.Authorization]!)!;

    private DigestVerdict Check(SipRequest request) => _server.Check(request, SecretOf);

    private SipResponse Challenge(SipRequest request)
    {
        var verdict = Check(request).ShouldBeOfType<DigestVerdict.Challenged>();
        verdict.IsFailure.ShouldBeFalse();
        var response = DigestServer.Answer(request, verdict, "us");
        response.Status.ShouldBe(401);
        return response;
    }
}
