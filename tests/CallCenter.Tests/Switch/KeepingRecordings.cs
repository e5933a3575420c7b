using System.Security.Cryptography;
using System.Text;
using Courier.CallCenter.Recording;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What lies on the disk is readable with the product's keys only, and not to be changed unseen.</summary>
public sealed class KeepingRecordings : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private readonly DataKeys _keys = new(["a key for tests, long enough"]);

    private string Path => System.IO.Path.Combine(_directory, "one.rec");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(200_000)]
    public void What_was_written_is_read_again_and_the_head_can_be_written_last(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using (var file = SealedStream.Create(Path, _keys))
        {
            foreach (var part in bytes.Chunk(7000)) file.Write(part);
            if (length > 44)
            {
                RandomNumberGenerator.Fill(bytes.AsSpan(0, 44));
                file.Position = 0;
                file.Write(bytes, 0, 44);
                file.Seek(0, SeekOrigin.End).ShouldBe(length);
            }
        }
        using var again = SealedStream.Open(Path, _keys);
        again.Length.ShouldBe(length);
        var read = new byte[length];
        again.ReadExactly(read);
        read.ShouldBe(bytes);
        again.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public void Nothing_of_it_can_be_read_on_the_disk()
    {
        using (var file = SealedStream.Create(Path, _keys)) file.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a secret talk ", 5000))));
        Encoding.ASCII.GetString(File.ReadAllBytes(Path)).ShouldNotContain("a secret talk");
    }

    [Fact]
    public void A_changed_byte_an_exchanged_block_and_another_key_are_refused()
    {
        using (var file = SealedStream.Create(Path, _keys)) file.Write(RandomNumberGenerator.GetBytes(100_000));
        var whole = File.ReadAllBytes(Path);
        const int Head = 512, Block = 12 + (32 * 1024) + 16;

        var changed = whole.ToArray();
        changed[Head + 5000] ^= 1;
        Reading(changed).ShouldThrow<CryptographicException>();

        var exchanged = whole.ToArray();
        whole.AsSpan(Head, Block).CopyTo(exchanged.AsSpan(Head + Block));
        whole.AsSpan(Head + Block, Block).CopyTo(exchanged.AsSpan(Head));
        Reading(exchanged).ShouldThrow<CryptographicException>();

        File.WriteAllBytes(Path, whole);
        Should.Throw<CryptographicException>(() => SealedStream.Open(Path, new DataKeys(["another key for tests, as long"])));
    }

    private Action Reading(byte[] bytes) => () =>
    {
        File.WriteAllBytes(Path, bytes);
        using var file = SealedStream.Open(Path, _keys);
        file.CopyTo(Stream.Null);
    };
}
