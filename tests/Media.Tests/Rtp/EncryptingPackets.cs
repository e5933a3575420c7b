using Courier.Media.Rtp;
using Courier.Testing;

namespace Courier.Media.Tests.Rtp;

/// <summary>SRTP against the vectors of RFC 3711 Appendix B and of libsrtp's published reference packets, then its rules.</summary>
public sealed class EncryptingPackets
{
    private static readonly SrtpKey Key = new(SrtpSuite.AesCm128HmacSha1Tag80, Hex("E1F97A0D3E018BE0D64FA32C06DE4139" + "0EC675AD498AFEEBB6960B3AABE6"));

    [Fact]
    public void Session_keys_are_those_of_RFC_3711_B_3()
    {
        var (cipher, auth, salt) = SrtpCipher.Derive(Key, firstLabel: 0);
        cipher.ShouldBe(Hex("C61E7A93744F39EE10734AFE3FF7A087"));
        salt.ShouldBe(Hex("30CBBC08863D8C85D49DB34A9AE1"));
        auth.ShouldBe(Hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    [Fact]
    public void The_key_stream_is_that_of_RFC_3711_B_2()
    {
        using var cipher = new SrtpCipher(Hex("2B7E151628AED2A6ABF7158809CF4F3C"), new byte[20], Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        var stream = new byte[48];
        cipher.Crypt(stream, ssrc: 0, index: 0);
        stream.ShouldBe(Hex("E03EAD0935C95E80E166B16DD92B4EB4" + "D23513162B02D0F72A43A2FE4A5F97AB" + "41E95B3BB0A2E8DD477901E4FCA894C0"));
    }

    [Fact]
    public void A_whole_packet_is_that_of_the_reference_implementation()
    {
        // The packet with which libsrtp's driver checks itself: sequence 0x1234, timestamp 0xdecafbad, source 0xcafebabe, 16 bytes 0xab.
        var buffer = new byte[64];
        var plain = Hex("800f1234decafbadcafebabe" + "abababababababababababababababab");
        plain.CopyTo(buffer, 0);
        using var srtp = new Srtp(Key);
        var length = srtp.Protect(buffer, plain.Length);
        buffer[..length].ShouldBe(Hex("800f1234decafbadcafebabe" + "4e55dc4ce79978d88ca4d215949d2402" + "b78d6acc99ea179b8dbb"));
        using var other = new Srtp(Key);
        other.Unprotect(buffer.AsSpan(0, length)).ShouldBe(plain.Length);
        buffer[..plain.Length].ShouldBe(plain);
    }

    [Fact]
    public void Numbers_that_wrap_losses_and_reordering_are_followed_over_three_rounds()
    {
        using var sender = new Srtp(Key);
        using var receiver = new Srtp(Key);
        var random = new Random(4);
        var waiting = new List<(byte[] Packet, int Length)>();
        var (got, sent) = (0, 0);
        for (var i = 65_000; i < 65_000 + 3 * 65_536; i++)
        {
            var packet = Packet((ushort)i);
            var length = sender.Protect(packet, 20);
            if (random.Next(10) == 0) continue; // lost
            sent++;
            waiting.Add((packet, length));
            if (waiting.Count < 8) continue;
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(waiting));
            got += waiting.Count(w => receiver.Unprotect(w.Packet.AsSpan(0, w.Length)) == 20);
            waiting.Clear();
        }
        got.ShouldBe(sent - waiting.Count);
    }

    [Fact]
    public void What_was_here_before_is_too_old_or_was_changed_is_refused()
    {
        using var sender = new Srtp(Key);
        using var receiver = new Srtp(Key);
        var packets = Enumerable.Range(1, 200).Select(i => Packet((ushort)i)).ToArray();
        foreach (var packet in packets) sender.Protect(packet, 20);
        var copy = (byte[])packets[99].Clone();
        receiver.Unprotect(packets[99].AsSpan(0, 30)).ShouldBe(20);
        receiver.Unprotect(copy.AsSpan(0, 30)).ShouldBe(-1);
        receiver.Unprotect(packets[199].AsSpan(0, 30)).ShouldBe(20);
        receiver.Unprotect(packets[198].AsSpan(0, 30)).ShouldBe(20);
        receiver.Unprotect(packets[120].AsSpan(0, 30)).ShouldBe(-1);
        packets[197][15] ^= 1;
        receiver.Unprotect(packets[197].AsSpan(0, 30)).ShouldBe(-1);
        receiver.Unprotect(new byte[9]).ShouldBe(-1);
    }

    [Fact]
    public void Reports_are_encrypted_numbered_and_come_once()
    {
        using var sender = new Srtp(Key);
        using var receiver = new Srtp(Key);
        var plain = Hex("80c90001cafebabe" + "0102030405060708");
        for (var i = 0; i < 3; i++)
        {
            var buffer = new byte[64];
            plain.CopyTo(buffer, 0);
            var length = sender.ProtectControl(buffer, plain.Length);
            length.ShouldBe(plain.Length + 14);
            buffer[8..16].ShouldNotBe(plain[8..16]);
            var copy = buffer[..length];
            receiver.UnprotectControl(buffer.AsSpan(0, length)).ShouldBe(plain.Length);
            buffer[..plain.Length].ShouldBe(plain);
            receiver.UnprotectControl(copy).ShouldBe(-1);
        }
        receiver.UnprotectControl(new byte[21]).ShouldBe(-1);
    }

    [Fact]
    public void A_short_tag_has_four_bytes()
    {
        using var srtp = new Srtp(new SrtpKey(SrtpSuite.AesCm128HmacSha1Tag32, Key.Bytes));
        srtp.Protect(Packet(1), 20).ShouldBe(24);
    }

    [Fact]
    public void A_call_with_keys_is_heard_and_a_forger_is_not()
    {
        using var stage = new Stage();
        var phone = stage.Caller(new PhoneKind(Key: Key));
        phone.Leg.Play(new Courier.Media.Mixing.AudioClip(Sounds.Tone(400, 8000)));
        stage.Turns(50);
        Sounds.Share(phone.Sound, 400).ShouldBeGreaterThan(0.95);
        var before = phone.Leg.Quality.PacketsReceived;
        var forged = Packet(7);
        phone.SendRaw(forged.AsSpan(0, 40));
        phone.Say(new short[160]);
        stage.Turns(1);
        phone.Leg.Quality.PacketsReceived.ShouldBe(before + 1);
    }

    private static byte[] Packet(ushort sequence)
    {
        var packet = new byte[64];
        RtpPacket.WriteHeader(packet, 8, false, sequence, 160u * sequence, 0xCAFEBABE);
        for (var i = 12; i < 20; i++) packet[i] = (byte)(sequence + i);
        return packet;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
