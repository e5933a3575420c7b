using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Switch;

/// <summary>Tells somebody whom we called that the talk is recorded. Whoever calls us hears it before the flow.</summary>
internal sealed class RecordingNotice(Announcer announcer)
{
    /// <summary>Says it to the other side of a talk that has begun; in the call's mailbox.</summary>
    public async Task Say(Call call)
    {
        if (call.Recording is null) return;
        var clips = await announcer.Render(Speech.Of(Texts.CallIsRecorded), CancellationToken.None).ConfigureAwait(true);
        if (call.Customer is { IsOver: false } customer) customer.Media.Play(clips);
    }
}
