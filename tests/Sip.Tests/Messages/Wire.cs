using System.Text;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

/// <summary>Messages as they are written in these tests: lines end with a plain newline, and ␀ stands for a byte 0.</summary>
internal static class Wire
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n").Replace('␀', '\0'));

    public static SipRequest Request(string text) => Message(text).ShouldBeOfType<SipRequest>();

    public static SipResponse Response(string text) => Message(text).ShouldBeOfType<SipResponse>();

    public static SipMessage Message(string text) => SipParser.Parse(Bytes(text)).ShouldBeOfType<Reading.Understood>().Message;

    public static Refusal Refused(string text) => SipParser.Parse(Bytes(text)).ShouldBeOfType<Reading.Refused>().Refusal;
}
