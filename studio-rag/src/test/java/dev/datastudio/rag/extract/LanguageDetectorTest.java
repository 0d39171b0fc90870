package dev.datastudio.rag.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDetectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The committee decided that the budget for the next year would not be raised by more than it was.",
                "de | Die Sitzung wurde vertagt, weil nicht alle Mitglieder des Ausschusses anwesend waren und es spät war.",
                "fr | Le conseil a décidé que les travaux ne seraient pas commencés avant la fin de l'année dans cette ville.",
                "es | El comité decidió que los trabajos no comenzarían antes del final del año en esta ciudad por su coste.",
                "it | Il comitato ha deciso che i lavori non sarebbero iniziati prima della fine dell'anno nella città.",
                "pt | O comitê decidiu que as obras não começariam antes do fim do ano nesta cidade, mas também não depois.",
                "nl | De raad heeft besloten dat het werk niet voor het einde van het jaar zou beginnen in deze stad.",
                "sv | Kommittén beslutade att arbetet inte skulle börja före slutet av året i den här staden, och det var bra.",
                "pl | Komisja zdecydowała, że prace nie rozpoczną się przed końcem roku w tym mieście, ale jest to możliwe.",
                "tr | Komite bu yıl için çalışmaların başlamamasına karar verdi, ama daha sonra her şey çok değişti ve bitti.",
                "ru | Комитет решил, что работы не начнутся до конца года в этом городе, но это было не всем известно.",
                "uk | Комітет вирішив, що роботи не почнуться до кінця року в цьому місті, але це їх не зупинило.",
                "bg | Комитетът реши, че работата няма да започне преди края на годината в този град, но това не е всичко.",
                "el | Η επιτροπή αποφάσισε ότι οι εργασίες δεν θα αρχίσουν πριν από το τέλος του έτους.",
                "ar | قررت اللجنة أن العمل لن يبدأ قبل نهاية العام في هذه المدينة التي كانت من أكبر المدن على البحر",
                "ja | 委員会は、この町では年末まで工事を始めないことに決めた。",
                "zh | 委员会决定，这座城市的工程在年底之前不会开始。",
                "ko | 위원회는 올해 말까지 이 도시에서 공사를 시작하지 않기로 결정했다.",
                "th | คณะกรรมการตัดสินใจว่างานจะไม่เริ่มก่อนสิ้นปี",
                "und | 12 34 56",
                "und | Lorem ipsum dolor sit amet consectetuer adipiscing elit vestibulum placerat felis",
                "und | xyzzy plugh foo bar qux"
            })
    void tellsTheLanguageOfASentence(String language, String text) {
        assertEquals(language, LanguageDetector.detect(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | When was the bridge opened and who built it?",
                "de | Wie hoch waren die Kosten der Sanierung im letzten Jahr?",
                "fr | Quelle est la durée de la garantie pour les appareils ?",
                "it | Quali sono i termini di consegna della società?",
                "nl | Hoe lang is de opzegtermijn van het huurcontract?",
                "sv | När öppnades bron över floden och vem byggde den?",
                "da | Hvor lang er opsigelsen af lejemålet, og hvad skal der stå i den?",
                "tr | Köprü ne zaman açıldı ve onu kim yaptı?",
                "und | Revenue 2024 total",
                "und | Invoice 4711, net 30",
                "und | Name, date of birth, signature",
                "und | Fundamentalgruppe",
                "und | Quand le pont a-t-il été ouvert ?"
            })
    void believesAShortTextOnlyWithSeveralSmallWordsOfOneLanguage(String language, String text) {
        assertEquals(language, LanguageDetector.detect(text));
    }

    @Test
    void aWordThatIsRepeatedIsNoMoreEvidence() {
        // Latin for typesetters; "et" and "at" are small words of Danish and others
        String filler = """
                Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labore \
                et dolore magna aliquyam erat, sed diam voluptua. At vero eos et accusam et justo duo dolores et ea rebum. \
                """;

        assertEquals("und", LanguageDetector.detect(filler));
        assertEquals("und", LanguageDetector.detect(filler.repeat(20)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The lock keeper opens the gate at seven, and boats that arrive later wait until noon. In winter it"
                        + " stays closed, because the ice would damage what was mended last year.",
                "de | Der Wärter öffnet die Schleuse um sieben, und wer später kommt, wartet bis zum Mittag. Im Winter"
                        + " bleibt sie zu, weil das Eis beschädigen würde, was im letzten Jahr ausgebessert wurde.",
                "fr | Le gardien ouvre la porte à sept heures, et les bateaux qui arrivent plus tard attendent midi."
                        + " En hiver elle reste fermée, car la glace abîmerait ce que nous avons réparé avec soin.",
                "es | El guarda abre la puerta a las siete, y los barcos que llegan más tarde esperan hasta el mediodía."
                        + " En invierno queda cerrada, porque el hielo dañaría lo que se reparó durante el verano.",
                "it | Il custode apre la porta alle sette, e le barche che arrivano più tardi aspettano mezzogiorno."
                        + " In inverno resta chiusa, perché il ghiaccio rovinerebbe ciò che era stato riparato.",
                "nl | De sluiswachter opent de deur om zeven uur, en wie later komt moet tot de middag wachten. In de"
                        + " winter blijft zij dicht, omdat het ijs zou beschadigen wat er is hersteld.",
                "da | Slusevogteren åbner porten klokken syv, og de både der kommer senere, må vente til middag. Om"
                        + " vinteren er den lukket, fordi isen ville ødelægge det, som nogle af os havde lavet efter"
                        + " stormen, og hvad man ellers ikke kunne se.",
                "fi | Vartija avaa portin kello seitsemän, ja ne jotka tulevat myöhemmin, odottavat puoleenpäivään."
                        + " Talvella se on kiinni, koska jää rikkoisi sen, mitä me olemme korjanneet, kun oli kesä."
            })
    void tellsALongTextInWhichNamesAndNumbersStand(String language, String sentence) {
        String text = (sentence + " Lindqvist & Harrow 4711, 12.5 %. ").repeat(5);

        assertEquals(language, LanguageDetector.detect(text));
    }
}
