using System.Text.Json;

namespace Courier.Wechat.Client.Calls;

/// <summary>What an answer says about its success: HTTP status is 200 for errors too, so errcode alone counts; absent or 0 is success.</summary>
/// <param name="Code">errcode; 0 for success.</param>
/// <param name="Message">errmsg; empty for success.</param>
internal readonly record struct AnswerError(int Code, string Message)
{
    /// <summary>Looks for errcode and errmsg at the top of the answer; anything that is not a JSON object has none.</summary>
    public static AnswerError Of(CallAnswer answer)
    {
        if (answer.Body is not [(byte)'{', ..]) return default;
        try
        {
            var reader = new Utf8JsonReader(answer.Body);
            return Read(ref reader);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)   // a file that happens to start with a brace: whoever reads the answer says so if it matters
        {
            return default;
        }
    }

    private static AnswerError Read(ref Utf8JsonReader reader)
    {
        var code = 0;
        var message = "";
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("errcode"u8);
            var isMessage = reader.ValueTextEquals("errmsg"u8);
            reader.Read();
            if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)) code = number;
            else if (isMessage && reader.TokenType == JsonTokenType.String) message = reader.GetString() ?? "";
            else reader.Skip();
        }
        return code == 0 ? default : new AnswerError(code, message);
    }
}
