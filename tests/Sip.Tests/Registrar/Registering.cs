using Courier.Sip.Messages;
using Courier.Sip.Registrar;
using Courier.Sip.Tests.Messages;
using Courier.Sip.Tests.Transactions;
using Courier.Testing;

namespace Courier.Sip.Tests.Registrar;

public sealed class Registering
{
    private const string Desk = "sip:1001@courier.example";

    private readonly FakeClock _clock = new();
    private readonly List<string> _changes = [];
    private readonly NotedFlow _flow = new();
    private readonly SipRegistrar _registrar;
    private uint _number;

    public Registering()
    {
        _registrar = new SipRegistrar(new RegistrarOptions { MostBindings = 3 }, _clock);
        _registrar.Changed += (address, isReachable) => _changes.Add($"{address} {isReachable}");
    }

    [Fact]
    public void A_phone_can_be_reached_for_as_long_as_it_wished_over_the_way_it_came()
    {
        var answer = Comes("Contact: <sip:1001@192.0.2.7:5062>;expires=120\nUser-Agent: Desk phone\n");
        answer.Status.ShouldBe(200);
        Listed(answer).ShouldBe(["sip:1001@192.0.2.7:5062 120"]);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Listed(Comes("")).ShouldBe(["sip:1001@192.0.2.7:5062 90"], "a question changes nothing");
        var binding = _registrar.Find(Desk).ShouldHaveSingleItem();
        (binding.Flow, binding.UserAgent).ShouldBe((_flow, "Desk phone"));
        _clock.Advance(TimeSpan.FromSeconds(90));
        _registrar.Find(Desk).ShouldBeEmpty();
        _registrar.Sweep();
        _changes.ShouldBe([Desk + " True", Desk + " False"]);
        _registrar.Count.ShouldBe(0);
    }

    [Fact]
    public void An_address_has_several_places_and_the_latest_comes_first()
    {
        Comes("Contact: <sip:1001@192.0.2.7>, <sip:1001@192.0.2.8>\n");
        Listed(Comes("Contact: <sip:1001@192.0.2.9>\n")).Count.ShouldBe(3);
        _registrar.Find(Desk).Select(b => b.Contact.Uri.Host).ShouldBe(["192.0.2.9", "192.0.2.8", "192.0.2.7"]);
        Comes("Contact: <sip:1001@192.0.2.10>\n").Status.ShouldBe(403);
        Listed(Comes("Contact: <sip:1001@192.0.2.8>;expires=0\n")).ShouldBe(["sip:1001@192.0.2.7 3600", "sip:1001@192.0.2.9 3600"]);
    }

    [Fact]
    public void To_register_again_prolongs_and_moves_nothing_twice()
    {
        Comes("Contact: <sip:1001@192.0.2.7;transport=udp>\nExpires: 100\n");
        _clock.Advance(TimeSpan.FromSeconds(50));
        Listed(Comes("Contact: <sip:1001@192.0.2.7;transport=UDP>\nExpires: 100\n")).ShouldBe(["sip:1001@192.0.2.7;transport=UDP 100"]);
        _changes.ShouldBe([Desk + " True"]);
    }

    [Fact]
    public void A_phone_that_comes_from_elsewhere_replaces_itself_by_its_own_name()
    {
        Comes("Contact: <sip:1001@192.0.2.7>;+sip.instance=\"<urn:uuid:1>\"\n");
        Listed(Comes("Contact: <sip:1001@203.0.113.5>;+sip.instance=\"<urn:uuid:1>\"\n", callId: "after-restart")).ShouldBe(["sip:1001@203.0.113.5 3600"]);
    }

    [Theory]
    [InlineData("Contact: <sip:1001@h>;expires=59\n", 423)]
    [InlineData("Contact: <sip:1001@h>\nExpires: 1\n", 423)]
    [InlineData("Contact: <sip:1001@h>;expires=60\nExpires: 1\n", 200)]
    [InlineData("Contact: <sip:1001@h>;expires=nonsense\n", 200)]
    [InlineData("Contact: *\nExpires: 0\n", 200)]
    [InlineData("Contact: *\nExpires: 60\n", 400)]
    [InlineData("Contact: *\n", 400)]
    [InlineData("Contact: <name:j_random>\n", 400)]
    [InlineData("Contact: <sip:1001@a>, <sip:1001@b>, <sip:1001@c>, <sip:1001@d>\n", 403)]
    public void Wishes_are_judged(string fields, int status) => Comes(fields).Status.ShouldBe(status);

    [Fact]
    public void Too_short_a_wish_is_told_the_shortest() => Comes("Contact: <sip:1001@h>;expires=5\n").Headers[HeaderNames.MinExpires].ShouldBe("60");

    [Fact]
    public void Too_long_a_wish_gets_the_longest() => Listed(Comes("Contact: <sip:1001@h>;expires=99999999999\n")).ShouldBe(["sip:1001@h 3600"]);

    [Fact]
    public void The_wildcard_takes_everything_out()
    {
        Comes("Contact: <sip:1001@a>, <sip:1001@b>\n");
        Listed(Comes("Contact: *\nExpires: 0\n")).ShouldBeEmpty();
        _changes.ShouldBe([Desk + " True", Desk + " False"]);
    }

    [Fact]
    public void What_overtook_another_changes_nothing()
    {
        Comes("Contact: <sip:1001@a>\n");
        Comes("Contact: <sip:1001@a>\n");
        Comes("Contact: <sip:1001@a>;expires=0\n", number: 1).Status.ShouldBe(500);
        Comes("Contact: *\nExpires: 0\n", number: 2).Status.ShouldBe(500);
        _registrar.Find(Desk).ShouldHaveSingleItem();
        Comes("Contact: <sip:1001@a>;expires=0\n", number: 1, callId: "another").Status.ShouldBe(200);
        _registrar.Find(Desk).ShouldBeEmpty();
    }

    [Fact]
    public void All_of_a_request_takes_effect_or_nothing()
    {
        Comes("Contact: <sip:1001@a>\n");
        Comes("Contact: <sip:1001@new>, <sip:1001@a>\n", number: 1).Status.ShouldBe(500);
        _registrar.Find(Desk).Select(b => b.Contact.Uri.Host).ShouldBe(["a"]);
    }

    [Fact]
    public void An_address_is_the_same_however_it_is_written()
    {
        Comes("Contact: <sip:1001@a>\n", to: "<sip:%31001@Courier.Example:5060;x=y>");
        _registrar.Find(Desk).ShouldHaveSingleItem();
    }

    private static List<string> Listed(SipResponse answer) => [.. answer.Contacts.Select(c => $"{c.Uri} {c.Expires}")];

    private SipResponse Comes(string fields, uint? number = null, string callId = "boot", string to = "<" + Desk + ">") => _registrar.Answer(Wire.Request(
        $"REGISTER sip:courier.example SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: {to};tag=1\nTo: {to}\nCall-ID: {callId}\nCSeq: {number ?? ++_number} REGISTER\n{fields}\n"), _flow, "us");
}
